import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type MyProject = Schemas["MyProject"];
export type Role = Schemas["Role"];
export type Project = Schemas["ProjectOut"];
export type Member = Schemas["Member"];
export type Invitation = Schemas["OpenInvitation"];
export type People = Schemas["People"];
export type SignInLink = Schemas["LinkOut"];
export type InvitationLook = Schemas["InvitationOut"];
