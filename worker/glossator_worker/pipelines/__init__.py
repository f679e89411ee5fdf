"""One file per kind of job: plan the steps, run one step."""
