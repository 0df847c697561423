#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times one tile of GlaViTU in Nunatak and in whatever other engines are installed, taking turns in one run.

    python3 -m venv peers && peers/bin/pip install numpy safetensors torch==2.13.0 onnx onnxscript onnxruntime openvino
    ninja -C BUILD tile_speed
    peers/bin/python tests/benchmarks/tile_speed.py BUILD [--weights golden.safetensors] [--rounds 9] [--threads 2]

The peers are for this comparison alone; nothing of the product needs them. The same random tile goes through
the same weights everywhere, and what each engine computes is compared with Nunatak's answer. Engines that are
not installed are left out. The published network (tile 384, batch 1) unless --tile or --filters say otherwise.
"""
import argparse
import copy
import importlib.util
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

LEAKY = 0.2


def make_torch_network(weights, heads=4):
    """GlaViTU for one optical + dem tile in PyTorch, straight from its description; BatchNorm as published."""
    import torch
    import torch.nn.functional as F

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            for name, value in weights.items():
                self.register_buffer(name.replace("/", "_"), torch.from_numpy(value.copy()))

        def w(self, name):
            return getattr(self, name.replace("/", "_"))

        def conv_norm(self, conv, norm, x, bias=True):
            kernel = self.w(conv + "/kernel")
            if kernel.shape[-1] == 2:
                x = F.pad(x, (0, 1, 0, 1))
            x = F.conv2d(x, kernel, self.w(conv + "/bias") if bias else None, padding=1 if kernel.shape[-1] == 3 else 0)
            return F.batch_norm(x, self.w(norm + "/moving_mean"), self.w(norm + "/moving_variance"),
                                self.w(norm + "/gamma"), self.w(norm + "/beta"), eps=1e-3)

        def pair(self, name, x):
            for i in "12":
                x = F.leaky_relu(self.conv_norm(f"{name}/conv{i}", f"{name}/norm{i}", x), LEAKY)
            return x

        def point(self, name, x, bias=True):
            kernel = self.w(name + "/kernel")
            kernel = kernel if kernel.dim() == 4 else kernel[:, :, None, None]
            return F.conv2d(x, kernel, self.w(name + "/bias") if bias else None)

        def dense(self, name, x):
            return F.linear(x, self.w(name + "/kernel"), self.w(name + "/bias"))

        def norm(self, name, x):
            return F.layer_norm(x, x.shape[-1:], self.w(name + "/gamma"), self.w(name + "/beta"), 1e-3)

        def residual(self, name, x):
            return self.point(name + "/projection", x, False) + self.pair(name, x)

        def block(self, name, x):
            n, length, width = x.shape
            y = self.norm(name + "/norm1", x)
            q, k, v = (self.dense(f"{name}/attention/{part}", y).reshape(n, length, heads, width // heads).transpose(1, 2)
                       for part in ("query", "key", "value"))
            y = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, length, width)
            x = x + self.dense(name + "/attention/output", y)
            y = F.gelu(self.dense(name + "/mlp1", self.norm(name + "/norm2", x)))
            return x + F.gelu(self.dense(name + "/mlp2", y))

        def transformer(self, fused):
            patches = F.conv2d(fused, self.w("transformer/patches/kernel"), self.w("transformer/patches/bias"), stride=16)
            n, width, side, _ = patches.shape
            x = patches.flatten(2).transpose(1, 2) + self.w("transformer/positional_embedding")
            for i in range(12):
                x = self.block(f"transformer/block{i + 1}", x)
            x = x.transpose(1, 2).reshape(n, width, side, side)
            for i in "1234":
                x = self.conv_norm("transformer/up/conv" + i, "transformer/up/norm" + i, x)
                if i == "4":
                    x = self.point("transformer/up/projection", x)
                x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
            return x

        def unet(self, x):
            skips = [self.residual("unet/encoder1", x)]
            for i in "234":
                skips.append(self.residual("unet/encoder" + i, F.max_pool2d(skips[-1], 2)))
            x = skips.pop()
            for i in "123":
                name = "unet/decoder" + i
                up = self.conv_norm(name + "/up", name + "/up_norm", F.interpolate(x, scale_factor=2), False)
                x = self.residual(name, torch.cat([up, skips.pop()], 1))
            return self.point("unet/features", x)

        def forward(self, optical, dem):
            fused = 0
            for name, x in (("fusion/optical", optical), ("fusion/dem", dem)):
                x = self.pair(name, x)
                y = F.leaky_relu(self.dense(name + "/squeeze", x.mean((2, 3))), LEAKY)
                fused = fused + x * torch.sigmoid(self.dense(name + "/excite", y))[:, :, None, None]
            encoded = self.transformer(fused) + fused
            encoded = encoded + self.unet(encoded)
            return torch.softmax(self.point("heads/output", encoded), 1)[:, 1]

    return Network().eval()


class Ours:
    def __init__(self, build, options, precision, save=None):
        words = [str(build / "tests/tile_speed"), "--serve", "--threads", str(options.threads), "--precision", precision,
                 "--tile", str(options.tile), "--filters", str(options.filters)]
        words += ["--weights", options.weights] if options.weights else []
        words += ["--save", save] if save else []
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.description = self.process.stdout.readline().strip()
        if not self.description:
            raise SystemExit("tile_speed did not start (see above).")

    def __call__(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return tuple(float(word) for word in self.process.stdout.readline().split())


def timed(work):
    def once():
        begin, used = time.perf_counter(), time.process_time()
        work()
        return time.perf_counter() - begin, time.process_time() - used
    return once


def torch_peers(network, inputs, threads):
    import torch
    torch.set_num_threads(threads)
    tensors = [torch.from_numpy(value) for value in inputs]
    last = [tensor.contiguous(memory_format=torch.channels_last) for tensor in tensors]
    network_last = copy.deepcopy(network).to(memory_format=torch.channels_last)

    def run(model, values):
        with torch.inference_mode():
            return model(*values).numpy()
    return {f"PyTorch {torch.__version__} eager": lambda: run(network, tensors),
            f"PyTorch {torch.__version__} channels_last": lambda: run(network_last, last)}


def onnx_file(network, inputs, folder):
    import torch
    path = str(folder / "glavitu.onnx")
    torch.onnx.export(network, tuple(torch.from_numpy(value) for value in inputs), path, input_names=["optical", "dem"],
                      output_names=["probability"], opset_version=18, dynamo=True, external_data=False, verbose=False)
    return path


def onnxruntime_peer(path, inputs, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    feed = dict(zip(("optical", "dem"), inputs))
    return {f"ONNX Runtime {onnxruntime.__version__}": lambda: session.run(None, feed)[0]}


def openvino_peers(path, inputs, threads):
    import openvino
    core = openvino.Core()
    model = core.read_model(path)
    peers = {}
    capabilities = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    for precision in ["f32"] + (["bf16"] if "BF16" in capabilities else []):
        compiled = core.compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": precision,
                                                     "PERFORMANCE_HINT": "LATENCY"})
        request = compiled.create_infer_request()
        peers[f"OpenVINO {openvino.__version__.split('-')[0]} {precision}"] = (
            lambda request=request: list(request.infer(list(inputs)).values())[0])
    return peers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--weights", default="")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tile", type=int, default=384)
    parser.add_argument("--filters", type=int, default=64)
    parser.add_argument("--bf16", action="store_true", help="time bf16 of Nunatak, too")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)

    import numpy
    from safetensors.numpy import load_file
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        ours = Ours(options.build, options, "float32", name)
        engines = {"Nunatak float32": ours}
        if options.bf16:
            engines["Nunatak bf16"] = Ours(options.build, options, "bf16")
        tile = load_file(folder / "tile.safetensors")
        weights = load_file(folder / "weights.safetensors")
        inputs = [tile["optical"], tile["dem"]]
        print(ours.description)
        found = lambda module: importlib.util.find_spec(module) is not None
        if found("torch"):
            network = make_torch_network(weights)
            peers = torch_peers(network, inputs, options.threads)
            path = onnx_file(network, inputs, folder) if found("onnx") else None
            if path and found("onnxruntime"):
                peers |= onnxruntime_peer(path, inputs, options.threads)
            if path and found("openvino"):
                peers |= openvino_peers(path, inputs, options.threads)
            for peer, work in peers.items():
                print(f"{peer}: probabilities within {numpy.abs(work() - tile['probability']).max():.1e} of Nunatak's")
                engines[peer] = timed(work)
        times = {engine: [] for engine in engines}
        for _ in range(options.rounds):
            for engine, once in engines.items():
                times[engine].append(once())
    print(f"\nload {os.getloadavg()[0]:.1f}; {options.rounds} rounds, {options.threads} threads, tile {options.tile}")
    print(f"{'engine':34} {'median':>8} {'least':>8} {'to Nunatak':>11}   processor {'least':>9} {'to Nunatak':>11}")
    for engine, values in times.items():
        # The ratio of two runs that lie side by side, so that a busy machine counts for both. Where others keep
        # the machine busy, the processor's time says more than the clock's.
        ratios = [statistics.median(a[i] / b[i] for a, b in zip(values, times["Nunatak float32"])) for i in (0, 1)]
        clock, used = ([value[i] for value in values] for i in (0, 1))
        print(f"{engine:34} {statistics.median(clock):7.3f}s {min(clock):7.3f}s {ratios[0]:10.2f}x "
              f"{statistics.median(used):10.3f}s {min(used):8.3f}s {ratios[1]:10.2f}x")


if __name__ == "__main__":
    main()
