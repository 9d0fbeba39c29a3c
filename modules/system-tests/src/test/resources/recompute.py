"""Figures of every finished point of a bundle, from the stamps of its requests and nothing else that attain computed.

Prints one JSON object: figures by the name of their point. Times are integers of nanoseconds until they are printed, so
that an objective is met exactly or not. Percentiles are the smallest value that at least so many percent do not exceed.
"""
import decimal
import gzip
import json
import pathlib
import sys

import numpy

OUTCOMES = {"COMPLETED": "completed", "FAILED": "failed", "TIMED_OUT": "timedOut", "UNSENT": "unsent"}
PERCENTILES = {"p50": 50, "p90": 90, "p95": 95, "p99": 99, "p999": 99.9}
INSTANTS = ["intended", "released", "sent", "firstToken", "lastToken"]
NEVER = numpy.iinfo(numpy.int64).min


def nanos(seconds):
    return int((decimal.Decimal(seconds) * 10**9).to_integral_value())


def columns(folder):
    """Whole instants and token counts of all requests, and how each ended."""
    with gzip.open(folder / "requests.jsonl.gz", "rt") as lines:
        requests = [json.loads(line, parse_float=decimal.Decimal) for line in lines]
    stamps = {name: numpy.array([nanos(request[name]) if name in request else NEVER for request in requests],
                                dtype=numpy.int64) for name in INSTANTS}
    tokens = numpy.array([request["outputTokens"] for request in requests], dtype=numpy.int64)
    return stamps, tokens, numpy.array([request["outcome"] for request in requests])


def distribution(values):
    """Seconds."""
    figures = {"count": int(values.size)}
    if values.size:
        figures["mean"] = float(values.mean()) / 1e9
        figures["max"] = int(values.max()) / 1e9
        for name, percent in PERCENTILES.items():
            figures[name] = int(numpy.percentile(values, percent, method="inverted_cdf")) / 1e9
    return figures


def point(folder, objectives, planned, offered_seconds):
    stamps, tokens, outcomes = columns(folder)
    done = outcomes == "COMPLETED"
    first, last, sent, due = (stamps[name][done] for name in ["firstToken", "lastToken", "sent", "intended"])
    ttft = first - due
    # Rounded up without leaving the integers.
    tpot = numpy.where(tokens[done] > 1, -(-(last - first) // numpy.maximum(1, tokens[done] - 1)), 0)
    in_time = ttft <= nanos(repr(objectives["ttft"]))
    even = tpot <= nanos(repr(objectives["tpot"]))
    both = int((in_time & even).sum())
    left = stamps["sent"] != NEVER
    released = numpy.where(stamps["released"] == NEVER, stamps["intended"], stamps["released"])
    figures = {name: int((outcomes == outcome).sum()) for outcome, name in OUTCOMES.items()}
    figures["lost"] = planned - sum(figures.values())
    figures["attainment"] = {"both": both / planned, "ttft": int(in_time.sum()) / planned,
                             "tpot": int(even.sum()) / planned}
    figures["goodput"] = both / offered_seconds
    figures["ttft"] = distribution(ttft)
    figures["serviceTtft"] = distribution(first - sent)
    figures["tpot"] = distribution(tpot)
    figures["e2e"] = distribution(last - due)
    figures["normalizedLatency"] = distribution(-(-(last - due) // tokens[done]))
    figures["sendLag"] = distribution(stamps["sent"][left] - released[left])
    return figures


def main():
    bundle = pathlib.Path(sys.argv[1])
    manifest = json.loads((bundle / "manifest.json").read_text())
    found = {}
    for entry in manifest["points"]:
        folder = bundle / entry["path"]
        summary = json.loads((folder / "summary.json").read_text())
        found[entry["point"]] = point(folder, manifest["objectives"], summary["planned"], summary["offeredSeconds"])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
