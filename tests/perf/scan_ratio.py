#!/usr/bin/env python3
"""`chimera scan` against plain Python on the same files, in one run: prints TAP.

Both find the files, hash them, and turn every number into a double; Chimera also keeps where each stood. The two
alternate, so that a busy machine slows both; the median of the pairs' ratios counts. RECORDS=200000, PAIRS=5,
GOAL=5 can be set in the environment.
"""
import csv, hashlib, io, json, os, random, resource, statistics, subprocess, sys, tempfile, time

RECORDS, PAIRS, GOAL = (int(os.environ.get(k, d)) for k, d in (("RECORDS", 200000), ("PAIRS", 5), ("GOAL", 5)))
CHIMERA = os.environ.get("CHIMERA", "build/release/chimera")
FIELDS = ["request_id", "num_ctx", "temperature", "prompt_tokens", "eval_count", "ttft_s", "tokens_s", "latency_ms", "error"]
FACTS = 5  # measures among the fields


def write_tree(folder):
    rng, paths = random.Random(5), []
    for k in range(RECORDS // 4000):
        rows = [[k * 4000 + i, rng.choice((512, 2048)), rng.choice((0.2, 0.8)), rng.randrange(9, 2000), rng.randrange(16, 900),
                 round(rng.lognormvariate(-2, .5), 6), rng.lognormvariate(4, .3), round(rng.uniform(9, 9000), 6), ""] for i in range(4000)]
        kind = ("csv", "json", "jsonl")[k % 3]
        paths.append(f"{folder}/run_{k:04d}.{kind}")
        with open(paths[-1], "w", newline="") as f:
            if kind == "csv":
                w = csv.writer(f)
                w.writerow(FIELDS)
                w.writerows(rows)
            elif kind == "json":
                json.dump({"model": "m", "results": [dict(zip(FIELDS, r)) for r in rows]}, f, indent=1)
            else:
                f.writelines(json.dumps(dict(zip(FIELDS, r))) + "\n" for r in rows)
    return paths


def number(x):
    try:
        return float(x)
    except (TypeError, ValueError):
        return None


def python_read(paths):
    for path in paths:
        data = open(path, "rb").read()
        hashlib.sha256(data).hexdigest()
        text = data.decode()
        if path.endswith(".csv"):
            rows = csv.DictReader(io.StringIO(text))
        else:
            rows = json.loads(text)["results"] if path.endswith(".json") else [json.loads(line) for line in text.splitlines()]
        for r in rows:
            for v in r.values():
                number(v)


def timed(f):
    start = time.perf_counter()
    f()
    return time.perf_counter() - start


def main():
    print("1..2")
    with tempfile.TemporaryDirectory() as folder:
        paths = write_tree(folder)
        scan = lambda: subprocess.run([CHIMERA, "scan", folder, "--json", "--no-cache"], stdout=subprocess.DEVNULL, check=True)
        scan()
        pairs = [(timed(lambda: python_read(paths)), timed(scan)) for _ in range(PAIRS)]
        ratio = statistics.median(a / b for a, b in pairs)
        size = sum(os.path.getsize(p) for p in paths) / 1e6
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / (RECORDS * FACTS)
    print(f"{'ok' if ratio >= GOAL else 'not ok'} 1 - scan is {ratio:.1f} times as fast as Python (goal {GOAL}) on {size:.0f} MB")
    print(f"# seconds: Python {statistics.median(a for a, _ in pairs):.2f}, scan {statistics.median(b for _, b in pairs):.3f}")
    print(f"{'ok' if peak < 80 else 'not ok'} 2 - peak memory is {peak:.0f} bytes a fact (limit 80)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
