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

export type Job = Schemas["JobOut"];
export type JobState = Job["state"];
export type Workers = Schemas["WorkersOut"];

export type DataSet = Schemas["DataSetOut"];
export type DataSetDetail = Schemas["DataSetDetail"];
export type DataSetAsked = Schemas["DataSetAsked"];
export type DataSetImage = Schemas["ImageOut"];
export type Count = Schemas["Count"];
export type ReportLine = Schemas["ReportLine"];

export type Architecture = Schemas["ArchitectureOut"];
export type Classifier = Schemas["ClassifierOut"];
export type ClassifierDetail = Schemas["ClassifierDetail"];
export type ClassifierAsked = Schemas["ClassifierAsked"];
export type Accuracy = Schemas["AccuracyOut"];
export type SplitAccuracy = Schemas["SplitAccuracy"];

export type Run = Schemas["RunOut"];
export type RunDetail = Schemas["RunDetail"];
export type RunFigures = Schemas["RunFigures"];
export type ClassRow = Schemas["ClassRowOut"];
export type Ratio = Schemas["Ratio"];
export type Measured = Schemas["Measured"];
export type PointingRow = Schemas["PointingRow"];
export type VariantFigures = Schemas["VariantFigures"];
export type Variant = Schemas["Variant"];
export type NewRun = Schemas["NewRun"];
export type Examples = Schemas["Examples"];
export type Example = Schemas["ExampleOut"];
export type MapCells = Schemas["CellsOut"];

export type RunImage = Schemas["RunImage"];
export type Explanation = Schemas["ExplanationOut"];
export type Namer = Schemas["NamerOut"];
export type BoardsMade = Schemas["BoardsMade"];
export type ExplainedFeature = Schemas["FeatureOut"];

export type MemberName = Schemas["MemberName"];
export type NamingRound = Schemas["RoundOut"];
export type NamingRoundDetail = Schemas["RoundDetail"];
export type NewNamingRound = Schemas["NewRound"];
export type BoardProgress = Schemas["BoardProgressOut"];
export type RoundProgress = Schemas["ProgressOut"];
export type NamePair = Schemas["NamePairOut"];
export type PairMaps = Schemas["PairMapsOut"];
export type Relation = NonNullable<NamePair["judgement"]>["relation"];

export interface PageOf<T> {
  items: T[];
  next: string | null;
}
