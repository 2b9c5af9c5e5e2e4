"""Scores as a table to print."""

from annotations.extraction.evaluation.scores import KINDS, Prf, Scores


def lines(scores: Scores, seconds: float) -> list[str]:
    """Return the table: first the spans of each type, then cues, sources and names, then nesting and speed."""
    return [*_spans(scores), *_sources(scores), *_rest(scores, seconds)]


def _spans(scores: Scores) -> list[str]:
    head = f"{'type':<9} {'gold':>6} {'found':>6} | exact P R F1      | iou50 P R F1      | tokens P R F1"
    rows = [
        f"{kind:<9} {scores.counts['gold', kind]:>6} {scores.counts['proposed', kind]:>6}"
        f" | {_three(scores.prf('exact', kind))} | {_three(scores.prf('iou50', kind))}"
        f" | {_three(scores.prf('shared words', kind, of='words'))}"
        for kind in KINDS
    ]
    return [head, *rows]


def _sources(scores: Scores) -> list[str]:
    head = f"{'type':<9} | cue lenient P R F1 | cue exact P R F1  | type  | head  exact | end to end P R F1 | names right"
    rows = [
        f"{kind:<9} | {_three(scores.prf('cue lenient', kind, of='cues')):<18}"
        f" | {_three(scores.prf('cue exact', kind, of='cues'))}"
        f" | {scores.share('same type', 'iou50 gold', kind):.3f}"
        f" | {scores.share('speaker gold', 'asked speakers', kind):.3f} {scores.share('exact speaker', 'asked speakers', kind):.3f}"
        f" | {_three(scores.prf('speaker', kind, of='speakers'))}"
        f" | {scores.counts['asked names', kind]:>5} {scores.share('right names', 'asked names', kind):.3f}"
        for kind in KINDS
    ]
    return [head, *rows]


def _rest(scores: Scores, seconds: float) -> list[str]:
    n_words, counts = scores.counts["words", "all"], scores.counts
    nested = (counts[f"nested {what}", "all"] for what in ("gold", "found", "proposed"))
    speed = n_words / seconds if seconds else 0.0
    return [
        "nested: gold {}, found {}, proposed {}".format(*nested),
        f"{counts['documents', 'all']} texts, {n_words} words, {seconds:.1f} seconds of processor time, {speed:.0f} words a second",
    ]


def _three(prf: Prf) -> str:
    return f"{prf.precision:.3f} {prf.recall:.3f} {prf.f1:.3f}"
