#!/usr/bin/env python3
"""Measure a small transformer with random weights and write the artifacts of this folder.

usage: measure.py OUT        needs numpy; takes about a minute

Nothing here is simulated: weights are made from a seed and stored, loaded from disk (cold at the first
request of each configuration), a prompt is evaluated, tokens are decoded greedily with a key/value cache.
Configurations run in a random order, each several times. Prompts that do not fit the context fail.
"""
import csv, json, os, random, sys, tempfile, time
import numpy as np

LAYERS, HEADS, DIM, VOCAB = 4, 4, 256, 2048
MODEL = "tiny-random:4x256"


def make_weights(path, dtype):
    rng = np.random.default_rng(7)
    shapes = {"embed": (VOCAB, DIM)}
    for i in range(LAYERS):
        shapes |= {f"qkv{i}": (DIM, 3 * DIM), f"out{i}": (DIM, DIM), f"up{i}": (DIM, 4 * DIM), f"down{i}": (4 * DIM, DIM)}
    np.savez(path, **{k: rng.normal(0, 0.02, s).astype(dtype) for k, s in shapes.items()})


def attend(x, w, i, cache, at):
    n = len(x)
    q, k, v = np.split(x @ w[f"qkv{i}"], 3, axis=1)
    keys, values = cache[i]
    keys[at:at + n], values[at:at + n] = k, v
    out = np.empty_like(x)
    size = DIM // HEADS
    for h in range(HEADS):
        s = slice(h * size, (h + 1) * size)
        score = q[:, s] @ keys[:at + n, s].T / np.sqrt(size)
        score += np.triu(np.full((n, at + n), -1e9, x.dtype), at + 1)
        p = np.exp(score - score.max(1, keepdims=True))
        out[:, s] = (p / p.sum(1, keepdims=True)) @ values[:at + n, s]
    return out @ w[f"out{i}"]


def forward(tokens, w, cache, at):
    x = w["embed"][tokens]
    for i in range(LAYERS):
        x = x + attend(x, w, i, cache, at)
        x = x + np.maximum(x @ w[f"up{i}"], 0) @ w[f"down{i}"]
    return int((x[-1] @ w["embed"].T).argmax())


def request(path, loaded, key, num_ctx, prompt, num_predict):
    start = time.perf_counter()
    if loaded.get("key") != key:
        with np.load(path) as z:
            loaded["w"] = {k: z[k] for k in z.files}
        loaded["key"] = key
    w = loaded["w"]
    t_load = time.perf_counter()
    if len(prompt) + num_predict > num_ctx:
        raise ValueError(f"prompt of {len(prompt)} and {num_predict} new tokens do not fit the context of {num_ctx}")
    cache = [(np.zeros((num_ctx, DIM), w["embed"].dtype), np.zeros((num_ctx, DIM), w["embed"].dtype)) for _ in range(LAYERS)]
    token = forward(prompt, w, cache, 0)
    t_first = time.perf_counter()
    for i in range(num_predict - 1):
        token = forward([token], w, cache, len(prompt) + i)
    end = time.perf_counter()
    return {"ttft_s": t_first - start, "tokens_s": (num_predict - 1) / (end - t_first), "load_s": t_load - start,
            "prompt_eval_s": t_first - t_load, "eval_s": end - t_first, "prompt_eval_count": len(prompt), "eval_count": num_predict}


def cpu_ticks():
    f = [int(x) for x in open("/proc/stat").readline().split()[1:]]
    return sum(f), f[3] + f[4]


def host_sample(before):
    now = cpu_ticks()
    mem = dict(line.split(":") for line in open("/proc/meminfo"))
    kib = {k: int(v.split()[0]) for k, v in mem.items()}
    busy = 100 * (1 - (now[1] - before[1]) / max(1, now[0] - before[0]))
    return now, {"timestamp": round(time.time(), 3), "system": {"cpu_percent": round(busy, 1),
            "memory_percent": round(100 * (1 - kib["MemAvailable"] / kib["MemTotal"]), 1),
            "memory_used_gb": round((kib["MemTotal"] - kib["MemAvailable"]) / 1048576, 4),
            "memory_total_gb": round(kib["MemTotal"] / 1048576, 4)}, "gpu": [], "processes": []}


def main():
    out, rng = sys.argv[1], random.Random(3)
    os.makedirs(out, exist_ok=True)
    fields = ["timestamp", "model", "dtype", "num_ctx", "prompt_index", "ttft_s", "tokens_s", "load_s", "prompt_eval_s", "eval_s",
              "prompt_eval_count", "eval_count", "error"]
    jobs = []
    for _ in range(2):  # two rounds; in each the configurations come in another order
        blocks = [(d, c) for d in ("float32", "float64") for c in (64, 256, 512)]
        rng.shuffle(blocks)
        jobs += [(d, c, p) for d, c in blocks for p in rng.sample(range(8), 8)]
    rows, host, ticks = [], [], cpu_ticks()
    with tempfile.TemporaryDirectory() as tmp:
        for d in ("float32", "float64"):
            make_weights(f"{tmp}/{d}.npz", d)
        loaded = {}
        for dtype, num_ctx, index in jobs:
            prompt = np.random.default_rng(index).integers(0, VOCAB, 24 + 8 * index)
            row = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "model": MODEL, "dtype": dtype, "num_ctx": num_ctx,
                   "prompt_index": index, "error": ""}
            try:
                got = request(f"{tmp}/{dtype}.npz", loaded, dtype, num_ctx, prompt, 32)
                row |= {k: round(v, 6) if isinstance(v, float) else v for k, v in got.items()}
            except ValueError as e:
                row["error"] = str(e)
            rows.append(row)
            if len(rows) % 6 == 0:
                ticks, sample = host_sample(ticks)
                host.append(sample)
    with open(f"{out}/requests.csv", "w", newline="") as f:
        w = csv.DictWriter(f, fields, lineterminator="\n")
        w.writeheader()
        w.writerows(rows)
    with open(f"{out}/host_metrics.json", "w") as f:
        json.dump({"metrics_count": len(host), "metrics": host}, f, indent=1)
        f.write("\n")
    good = [r for r in rows if not r["error"]]
    with open(f"{out}/summary.json", "w") as f:
        json.dump({"model": MODEL, "engine": "numpy", "summary": {"mean_ttft_s": sum(r["ttft_s"] for r in good) / len(good),
                  "mean_tokens_s": sum(r["tokens_s"] for r in good) / len(good)}}, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
