import type { Help } from "../../components/Page";

/** Parts of the pages, with what each needs to be read. */
export const PARTS = [
  {
    to: "/agreement/$round",
    label: "Overview",
    help: [
      "How far annotators agree on what the network looks at: maps that two of them named count where their concepts match, one to one (D = 1), one to several (D = 2, star) or several to several (D = 2, biclique).",
      "Chance is what shuffled labels reach; alpha says how alike people chose what to name; CX-purity is how far a concept holds maps of one X-feature, XC-purity how far an X-feature has one name.",
      "Every number leads to the maps behind it: choose a class, then two annotators, then a band between two concepts.",
    ],
  },
  {
    to: "/agreement/$round/pairs",
    label: "Pairs",
    help: [
      "A cell of the square opens a pair of annotators; a band between two of their concepts opens the maps behind it.",
      "D = 1 matches one concept to one, D = 2 one to several finer ones (star) or several to several if each shares maps with each (biclique); D = 3 and 4 allow longer chains, and are bounds where the best is not proven.",
      "Jaccard is the share of maps both named of those either named; corrected agreement is 0 at the level of chance and 1 for full agreement.",
    ],
  },
  {
    to: "/agreement/$round/summary",
    label: "Summary",
    help: [
      "Each row is a combination of names and the test images that it explains, split by right and wrong answers of the network.",
      "“All other” are images none of whose maps has a name; “whole” are those whose every map has one.",
      "The consensus gives a map the name of the concept that most annotators put it into, if at least half of them named it.",
    ],
  },
  {
    to: "/agreement/$round/vocabulary",
    label: "Vocabulary",
    help: [
      "Each row holds concepts of several annotators that match one to one, under the name that most of them gave.",
      "How many have the concept and how many call it so are two numbers: people may group alike and speak differently.",
      "Finer and broader concepts lead to the pair of annotators and the maps they share.",
    ],
  },
] as const satisfies readonly { to: string; label: string; help: Help }[];
