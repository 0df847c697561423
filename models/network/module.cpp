// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/network.h"
#include "models/weight_layout.h"
#include "network/precision.h"
#include "network/torch_network.h"

#include <thread>

namespace nunatak::models {

namespace {

constexpr int maxThreads = 1024;

at::Device chooseDevice(const std::string& name) {
    if (name == "cpu" || (name == "auto" && !hasCuda())) {
        return at::Device(at::kCPU);
    }
    if (name == "auto") {
        return at::Device(at::kCUDA, 0);
    }
    const bool isCuda = name == "cuda" || (name.starts_with("cuda:") && name.size() > 5 && name.size() < 9 &&
                                           name.find_first_not_of("0123456789", 5) == std::string::npos);
    if (!isCuda) {
        throw Error("The device \"" + name + "\" is not known; use auto, cpu, cuda or cuda:n.");
    }
    if (!hasCuda()) {
        throw Error("The device " + name +
                    " cannot be used: this build has no CUDA or there is no such device; use cpu or auto.");
    }
    return at::Device(at::kCUDA,
                      static_cast<c10::DeviceIndex>(name == "cuda" ? 0 : std::stoi(name.substr(5))));
}

int threadCount(int wanted) {
    if (wanted < 0 || wanted > maxThreads) {
        throw Error("The number of threads is " + std::to_string(wanted) +
                    "; it must lie in 0 (all cores) to " + std::to_string(maxThreads) + ".");
    }
    return wanted > 0 ? wanted : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

class TorchModule : public ModelsModule {
public:
    std::string description() const override {
        return "LibTorch " TORCH_VERSION ", " + std::string(hasCuda() ? "CUDA" : "CPU") + ", " +
               std::to_string(threadCount(0)) + " threads";
    }

    Precision fastestPrecision(const std::string& device) const override {
        return guarded([&] { return nunatak::models::fastestPrecision(chooseDevice(device)); });
    }

    std::unique_ptr<Network> open(const NetworkSpec& spec, const NamedTensors& weights,
                                  const DeviceOptions& device) override {
        return guarded([&]() -> std::unique_ptr<Network> {
            spec.validate();
            const auto place = chooseDevice(device.device);
            if (place.is_cpu() && device.precision == Precision::Float16) {
                throw Error("The precision fp16 needs a GPU; on a processor use float32 or bf16.");
            }
            return std::make_unique<TorchNetwork>(spec, weights, place, threadCount(device.threads),
                                                  device.precision);
        });
    }

    std::unique_ptr<Network> create(const NetworkSpec& spec, std::uint64_t seed,
                                    const DeviceOptions& device) override {
        return guarded([&] { return open(spec, initialWeights(spec, seed), device); });
    }
};

} // namespace

} // namespace nunatak::models

extern "C" __attribute__((visibility("default"))) nunatak::models::ModelsModule*
nunatak_models_module(std::uint32_t wantedVersion) {
    static nunatak::models::TorchModule module;
    return wantedVersion == nunatak::models::interfaceVersion ? &module : nullptr;
}
