import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../../testing/render";
import { aProject } from "../../testing/things";
import { DeleteProject } from "./dialogs";
import { ProjectCard } from "./ProjectCard";

const nothing = () => undefined;

test("a project is deleted only after its name was typed", async () => {
  await renderPage(
    <DeleteProject project={aProject({ name: "Magnetic tiles" })} close={nothing} done={nothing} />,
  );
  const button = screen.getByRole("button", { name: "Delete the project" }) as HTMLButtonElement;

  await userEvent.type(screen.getByLabelText("Name of the project"), "Magnetic tile");
  expect(button.disabled).toBe(true);
  await userEvent.type(screen.getByLabelText("Name of the project"), "s");
  expect(button.disabled).toBe(false);
});

test("only an owner is offered to rename or delete", async () => {
  const card = (roles: ("owner" | "annotator")[]) => (
    <ul>
      <ProjectCard project={aProject({ roles })} rename={nothing} remove={nothing} />
    </ul>
  );

  const { unmount } = await renderPage(card(["annotator"]));
  expect(screen.queryByRole("button", { name: "More about Tiles" })).toBeNull();
  unmount();

  await renderPage(card(["owner"]));
  expect(screen.getByRole("button", { name: "More about Tiles" })).toBeTruthy();
});
