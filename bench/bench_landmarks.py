"""Landmarks: a million rows placed, beside rapidfuzz's extractOne over the same gazetteer, with the accuracy of both.

The rows are drawn from the released counts of landmarks, each as often as it has arrests, with a fixed seed. Ours are
placed as an import's are: each distinct landmark once, then joined to the rows. rapidfuzz is timed on 2,000 of the same
rows and reckoned up; and, so that nothing hangs on repetition, on distinct landmarks beside ours, one by one.
Floor: 100 times as fast.

Accuracy on the 200 labelled landmarks (`landmarks/dev.csv`), asked of both alike: is a court the place (F1), and, of
the rows that name a court or may, the exact county and state. rapidfuzz has a score and no label, so its best threshold
is picked on these very rows, in its favour.
"""

import csv
import json
import random
import subprocess
import time
from pathlib import Path

from bench.peers import python_with_peers

DATA = Path(__file__).parents[1].parent / "shared" / "data"
ROWS, SAMPLE = 1_000_000, 2_000
_PEER = """
import json, sys, time
from rapidfuzz import process, fuzz, utils
given = json.load(sys.stdin)
names = [utils.default_process(name) for name, _ in given["names"]]
def best(text):
    return process.extractOne(utils.default_process(text), names, scorer=fuzz.WRatio)
best("warm")
began = time.process_time()
for text in given["sample"]: best(text)
seconds = time.process_time() - began
began = time.process_time()
for text in given["distinct"]: best(text)
distinct = time.process_time() - began
found = []
for text in given["labelled"]:
    hit = best(text)
    found.append((hit[1], given["names"][hit[2]][1]) if hit else (0, ["", ""]))
print(json.dumps({"seconds": seconds, "distinct": distinct, "found": found}))
"""


def drawn() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """A million rows of landmark and area, and the distinct ones there are."""
    file = DATA / "government" / "landmark-counts-by-aor-fy2012-jan2023.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        known = [(row["apprehension_landmark"], row["aor"], int(row["total"])) for row in csv.DictReader(lines)]
    pairs = [(text, aor) for text, aor, _ in known]
    return random.Random(20171128).choices(pairs, [each[2] for each in known], k=ROWS), pairs


def ours(rows: list[tuple[str, str]]) -> float:
    """Processor seconds to place all rows, the tables of names included."""
    import polars as pl

    from portico.tables import landmarks_of

    frame = pl.DataFrame(rows, schema=["place", "area"], orient="row")
    began = time.process_time()
    placed = frame.join(landmarks_of(frame, "place", "area"), on=["place", "area"], how="left", nulls_equal=True)
    assert placed.height == ROWS
    return time.process_time() - began


def one_by_one(pairs: list[tuple[str, str]]) -> float:
    """Processor seconds to resolve these, the tables of names loaded before."""
    from portico.places import resolve

    resolve("warm court", aor="DEN")
    began = time.process_time()
    for text, aor in pairs:
        resolve(text, aor=aor)
    return time.process_time() - began


def right(rows: list[dict[str, str]], told: list[tuple[bool, str, str]]) -> str:
    """F1 of court or no court, and the exact counties and states where a court is named or may be."""
    truth = [row["label"].endswith("court") and row["label"] != "not_court" for row in rows]
    hits = sum(is_court and said for is_court, (said, _, _) in zip(truth, told, strict=True))
    f1 = 2 * hits / (sum(truth) + sum(said for said, _, _ in told))
    places = [(row, each) for row, each in zip(rows, told, strict=True) if row["label"] != "not_court"]
    county = sum(row["county"].removesuffix(" Parish") == each[1] for row, each in places) / len(places)
    state = sum(row["state"] == each[2] for row, each in places) / len(places)
    return f"F1 of a court {f1:.3f}, county {county:.3f}, state {state:.3f}"


def main() -> None:
    if not (DATA / "landmarks" / "dev.csv").is_file():
        print("the landmarks are not here: nothing to measure")
        return
    from portico.places import load_gazetteer, resolve

    rows, pairs = drawn()
    seconds = ours(rows)
    print(f"{ROWS:,} rows placed in {seconds:.1f} s of processor, {ROWS / seconds:,.0f} a second")
    labelled = list(csv.DictReader((DATA / "landmarks" / "dev.csv").read_text(encoding="utf-8").splitlines()))
    chosen = random.Random(7).sample(pairs, SAMPLE)
    names = [(name, (row.county, row.state)) for row in load_gazetteer().courthouses for name in row.spellings]
    given = {
        "names": names,
        "sample": [text for text, _ in rows[:SAMPLE]],
        "distinct": [text for text, _ in chosen],
        "labelled": [row["landmark"] for row in labelled],
    }
    done = subprocess.run(
        [python_with_peers(), "-c", _PEER], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"rapidfuzz: not installed ({done.stderr.strip().splitlines()[-1]})")
        return
    peer = json.loads(done.stdout)
    reckoned = peer["seconds"] / SAMPLE * ROWS
    print(f"rapidfuzz over {len(names):,} names: {reckoned:,.0f} s for as many (from {SAMPLE:,} of them)")
    print(f"  {reckoned / seconds:.0f} times as fast (at least 100)")
    alone = one_by_one(chosen)
    print(f"  {SAMPLE:,} distinct landmarks one by one: {peer['distinct'] / alone:.1f} times as fast")
    mine = [resolve(row["landmark"], aor=row["aor"]) for row in labelled]
    told = [(m.label.endswith("court") and m.label != "not_court", m.county or "", m.state or "") for m in mine]
    print(f"  ours: {right(labelled, told)}")
    scored = [(score, *where) for score, where in peer["found"]]
    lines = [right(labelled, [(s >= cut, c, st) for s, c, st in scored]) for cut in range(50, 101)]
    print(f"  rapidfuzz: {max(lines)}")


if __name__ == "__main__":
    main()
