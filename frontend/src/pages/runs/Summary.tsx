import type { RunFigures } from "../../api/types";
import { count, fixed, many, percent } from "../../components/format";
import { Card, Fact, Facts } from "../../components/Page";

/** The figures over all classes: is the explanation faithful, how much is there to name. */
export function Summary({ figures }: { figures: RunFigures }) {
  const {
    agreement,
    accuracy_network: network,
    accuracy_xnn: xnn,
    significant_per_image: significant,
  } = figures;
  return (
    <Card>
      <Facts>
        <Fact
          value={percent(agreement.value, 2)}
          of={`same answer from X-features and network, ${count(agreement.k)} of ${count(agreement.n)} test images`}
        />
        <Fact
          value={percent(xnn.value, 2)}
          of={`accuracy with all scores rebuilt from X-features, ${count(xnn.k)} of ${count(xnn.n)}`}
        />
        <Fact
          value={percent(network.value, 2)}
          of={`accuracy of the network, ${count(network.k)} of ${count(network.n)}`}
        />
        <Fact
          value={fixed(significant.value)}
          of={`significant X-features per image, mean over ${many(significant.n, "class", "classes")}`}
        />
        <Fact
          value={count(figures.maps)}
          of={`maps of ${count(figures.test_images)} test images, trained on ${count(figures.train_images)}`}
        />
      </Facts>
    </Card>
  );
}
