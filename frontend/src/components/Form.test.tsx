import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { createPortal } from "react-dom";
import { expect, test, vi } from "vitest";
import { Button } from "./Button";
import { TextField } from "./Field";
import { Form } from "./Form";

function Draft() {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const error = tried && !name ? "Give it a name." : undefined;
  return (
    <Form submit={() => setTried(true)} actions={<Button type="submit">Send</Button>}>
      <TextField label="Note" value="" onValue={() => undefined} />
      <TextField label="Name" value={name} onValue={setName} error={error} />
    </Form>
  );
}

test("what is missing is said at its field, read with it, and the focus goes there", async () => {
  render(<Draft />);

  await userEvent.click(screen.getByRole("button", { name: "Send" }));

  const field = screen.getByLabelText("Name");
  const described = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  expect(described?.textContent).toBe("Give it a name.");
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test("a form in a dialog that another form opened is sent alone", async () => {
  const [outer, inner] = [vi.fn(), vi.fn()];
  render(
    <Form submit={outer} actions={<Button type="submit">Make the round</Button>}>
      {createPortal(
        <Form submit={inner} actions={<Button type="submit">Make the link</Button>}>
          Who
        </Form>,
        document.body,
      )}
    </Form>,
  );

  await userEvent.click(screen.getByRole("button", { name: "Make the link" }));

  expect(inner).toHaveBeenCalledOnce();
  expect(outer).not.toHaveBeenCalled();
});
