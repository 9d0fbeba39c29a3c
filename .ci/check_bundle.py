"""Checks a bundle without any code of attain: files, names, sums, and attainment recomputed from the raw records."""
import gzip
import json
import pathlib
import sys

OUTCOMES = ["completed", "failed", "timedOut", "unsent", "lost"]
SUMMARY_NAMES = set(
    "schemaVersion deployment point rate seed scheduleHash verdict reasons planned attainment goodput throughput ttft"
    " serviceTtft tpot itl e2e normalizedLatency sendLag nodes generator kvTransfer server confidence".split() + OUTCOMES)


def require(condition, sentence):
    if not condition:
        sys.exit("bundle check: " + sentence)


def check_point(bundle, manifest, entry):
    folder = bundle / entry["path"]
    summary = json.loads((folder / "summary.json").read_text())
    missing = SUMMARY_NAMES - summary.keys()
    require(not missing, f"{folder}/summary.json lacks {sorted(missing)}")
    for part in [summary, *summary["nodes"]]:
        require(part["planned"] == sum(part[name] for name in OUTCOMES), f"{folder}: outcomes do not add up: {part}")
    require(summary["planned"] == sum(node["planned"] for node in summary["nodes"]), f"{folder}: shares do not add up")

    with gzip.open(folder / "requests.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in lines]
    require(sorted(record["index"] for record in records) == list(range(summary["planned"])),
            f"{folder}: the records are not exactly the planned requests")
    objectives = manifest["objectives"]
    met = sum(record["outcome"] == "COMPLETED" and record["ttft"] <= objectives["ttft"]
              and record["tpot"] <= objectives["tpot"] for record in records)
    require(abs(met / summary["planned"] - summary["attainment"]["both"]) < 1e-9,
            f"{folder}: attainment is {summary['attainment']['both']}, the records say {met / summary['planned']}")
    return summary


def main():
    bundle = pathlib.Path(sys.argv[1])
    manifest = json.loads((bundle / "manifest.json").read_text())
    require(manifest["complete"] is True, "the manifest does not say complete")
    for name in ["report.html", "report.md", "summary.csv", "logs"]:
        require((bundle / name).exists(), f"{name} is missing")
    summaries = [check_point(bundle, manifest, entry) for entry in manifest["points"]]
    require(len(summaries) == 8, f"8 points were to be measured, not {len(summaries)}")
    hashes = {}
    for summary in summaries:
        hashes.setdefault(summary["rate"], set()).add(summary["scheduleHash"])
    require(all(len(seen) == 1 for seen in hashes.values()), "the deployments did not see the same arrivals")
    invalid = [summary["point"] + ": " + "; ".join(summary["reasons"]) for summary in summaries
               if summary["verdict"] == "INVALID"]
    # A busy build machine may be the limit; that must be said, and is no reason to fail the build.
    for line in invalid:
        print("bundle check: INVALID point " + line)
    print(f"bundle check: {len(summaries)} points, {sum(s['planned'] for s in summaries)} requests, everything adds up")


if __name__ == "__main__":
    main()
