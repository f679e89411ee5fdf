import type { Job, Me, MyProject, PointingRow } from "../api/types";

export function aJob(change: Partial<Job>): Job {
  return {
    id: "01900000-0000-7000-8000-000000000001",
    project_id: "01900000-0000-7000-8000-000000000002",
    kind: "import_data_set",
    title: "Import of tiles",
    state: "waiting",
    done: 0,
    total: 1,
    message: "",
    seconds_left: null,
    error: null,
    error_details: null,
    created_at: "2026-11-21T10:00:00.000Z",
    started_at: null,
    finished_at: null,
    cancel_requested: false,
    steps: { waiting: 0, running: 0, finished: 0, failed: 0 },
    result: null,
    ...change,
  };
}

export function aProject(change: Partial<MyProject>): MyProject {
  return { id: "p", name: "Tiles", is_demo: false, roles: ["owner"], ...change };
}

export function aPerson(change: Partial<Me>): Me {
  return {
    account: { id: "ada", email: "ada@example.org", name: "Ada" },
    may_create_projects: true,
    projects: [],
    ...change,
  };
}

export function aPointingRow(change: Partial<PointingRow>): PointingRow {
  return {
    level: "fine_label",
    fine_label: "crack",
    tolerance: "exact",
    maps: 10,
    images: 5,
    groups: 3,
    lost: 0,
    hits: 6,
    value: 0.6,
    low: 0.4,
    high: 0.8,
    centre: 0.2,
    uniform: 0.1,
    reason: null,
    ...change,
  };
}
