"""The vocabulary of a class, each case worked out by hand."""

from tests.unit.agreement.made_namings import from_labels, from_rows

from glossator.agreement.consensus import SPLIT, Consensus, Member, Reading, consensus
from glossator.agreement.namings import UNNAMED


def members(found: Consensus) -> list[list[tuple[str, str]]]:
    return [[(member.annotator, member.concept_id) for member in group.members] for group in found.groups]


def test_concepts_that_all_annotators_share_become_one_word_each() -> None:
    found = consensus(
        from_labels(
            ["eye", "eye", "eye", "wing", "wing", "wing"],
            ["Eye", "Eye", "Eye", "wing", "wing", None],
            ["head", "head", "head", None, "body", "body"],
        ),
        min_images=1,
    )
    assert members(found) == [
        [("a", "eye"), ("b", "Eye"), ("c", "head")],
        [("a", "wing"), ("b", "wing"), ("c", "body")],
    ]
    assert [(group.name, group.support, group.n_activations) for group in found.groups] == [
        ("eye", 3, 3),
        ("wing", 3, 3),
    ]
    assert found.group_of.tolist() == [0, 0, 0, 1, 1, 1]


def test_a_group_never_holds_two_concepts_of_one_annotator() -> None:
    # Strengths: a x - b p 3/4, a y - c q 3/4, and b p - c q 2/6, which would join a's x and y.
    found = consensus(
        from_labels(
            ["x", "x", "x", "y", "y", "y"],
            ["p", "p", "p", "p", None, None],
            [None, None, "q", "q", "q", "q"],
        ),
        min_images=1,
    )
    assert members(found) == [[("a", "x"), ("b", "p")], [("a", "y"), ("c", "q")]]
    assert found.group_of.tolist() == [0, 0, 0, 1, 1, 1]


def test_the_stronger_edge_joins_first() -> None:
    # Of the pairs in order, x - p (1/7) would come first and keep p from r2 (3/4).
    found = consensus(
        from_labels(
            ["x", "x", "x", "x", None, None, None],
            [None, None, None, "p", "p", "p", "p"],
            ["r1", "r1", "r1", None, "r2", "r2", "r2"],
        ),
        min_images=1,
    )
    assert members(found) == [[("a", "x"), ("c", "r1")], [("b", "p"), ("c", "r2")]]
    assert found.group_of.tolist() == [0, 0, 0, SPLIT, 1, 1, 1]


def test_a_concept_whose_match_is_taken_stays_alone_and_is_listed_under_it() -> None:
    # c's z meets a's x in 2 of 5 and b's y in 3 of 5; a's x and b's y share nothing.
    found = consensus(
        from_labels(
            ["x", "x", "w", "w", "w", None],
            [None, None, "y", "y", "y", None],
            ["z", "z", "z", "z", "z", None],
        ),
        min_images=1,
    )
    # a w - b y is 1; c z - b y and c z - a w are 3/5: x stays alone.
    assert members(found) == [[("a", "w"), ("b", "y"), ("c", "z")], [("a", "x")]]
    assert found.groups[0].readings == (Reading(1, "finer", Member("c", "z", "z", 5), 2),)


def test_the_name_is_that_of_the_larger_concept_where_two_are_as_frequent() -> None:
    found = consensus(
        from_labels(["wing"] * 6, ["open", "open", "open", "open", "closed", "closed"]), min_images=1
    )
    assert found.groups[0].name == "wing"
    swapped = consensus(
        from_labels(["open", "open", "open", "open", "closed", "closed"], ["wing"] * 6), min_images=1
    )
    assert swapped.groups[0].name == "wing"


def test_a_leaf_of_a_star_that_joined_no_group_is_listed_as_finer_and_votes_for_itself() -> None:
    found = consensus(
        from_labels(["wing"] * 6, ["open", "open", "open", "open", "closed", "closed"]), min_images=1
    )
    assert members(found) == [[("a", "wing"), ("b", "open")], [("b", "closed")]]
    assert found.groups[0].readings == (Reading(1, "finer", Member("a", "wing", "wing", 6), 2),)
    assert found.groups[1].listed_under == 0
    assert found.groups[0].listed_under is None
    assert found.group_of.tolist() == [0, 0, 0, 0, SPLIT, SPLIT]


def test_a_leaf_larger_than_its_centre_is_a_broader_reading_of_the_first_of_equal_centres() -> None:
    found = consensus(
        from_labels(
            ["eye", "eye", "eye", None, None, None],
            ["eye", "eye", "eye", None, None, None],
            ["eye", "eye", "head", "head", "head", "head"],
        ),
        min_images=1,
    )
    assert members(found) == [[("a", "eye"), ("b", "eye"), ("c", "eye")], [("c", "head")]]
    assert found.groups[0].readings == (Reading(1, "broader", Member("a", "eye", "eye", 3), 1),)


def test_an_activation_that_fewer_than_half_named_is_unnamed_and_a_tied_one_is_split() -> None:
    found = consensus(
        from_labels(
            ["x", "x", "x", "x", "x", None],
            ["x", "x", None, "y", None, None],
            ["x", None, None, None, "?", None],
            ["x", None, None, None, "?", None],
        ),
        min_images=1,
    )
    # Two of four are half; one of four is not; one of the two who had the fifth is.
    assert found.groups[0].support == 4
    assert found.group_of.tolist() == [0, 0, UNNAMED, SPLIT, 0, UNNAMED]


def test_cleaning_comes_first() -> None:
    found = consensus(from_labels(["x", "x", "x", "y"], ["x", "x", "x", "y"], images=[0, 1, 2, 3]), 3)
    assert members(found) == [[("a", "x"), ("b", "x")]]
    assert found.group_of.tolist() == [0, 0, 0, UNNAMED]


def test_nothing_named_is_an_empty_vocabulary() -> None:
    found = consensus(from_labels([None, None], [None, None]), min_images=1)
    assert found.groups == ()
    assert found.group_of.tolist() == [UNNAMED, UNNAMED]
    assert [(row.concepts, row.n_images) for row in found.explanations] == [((), 2)]


def test_explanations_use_the_vocabulary_and_leave_out_what_is_split() -> None:
    found = consensus(
        from_labels(
            ["wing"] * 6, ["Open", "Open", "Open", "Open", "closed", "closed"], images=[0, 0, 1, 2, 2, 3]
        ),
        min_images=1,
    )
    assert [(row.concepts, row.images, row.n_complete) for row in found.explanations] == [
        (("wing",), ("0000", "0001", "0002"), 2),
        ((), ("0003",), 0),
    ]


def test_a_group_of_nameless_concepts_has_no_name_and_explains_by_its_first_id() -> None:
    rows = [
        {
            "annotator": who,
            "activation": f"{n}",
            "image": f"{n}",
            "x_feature": "x",
            "concept": "",
            "concept_id": id_,
        }
        for who, id_ in (("a", "g1"), ("b", "h1"))
        for n in range(3)
    ]
    found = consensus(from_rows("k", rows), min_images=1)
    assert [(group.name, group.support) for group in found.groups] == [(None, 2)]
    assert [row.concepts for row in found.explanations] == [("#g1",)]


def test_the_order_of_concepts_in_the_input_does_not_matter() -> None:
    labels = (["b", "a", "a", "c", "c", "b"], ["q", "p", "p", "r", "r", "r"])
    one = consensus(from_labels(*labels), min_images=1)
    other = consensus(from_labels(*(list(reversed(each)) for each in labels)), min_images=1)
    assert one.groups == other.groups
    assert one.group_of.tolist() == other.group_of.tolist()[::-1]
