// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/step/convolution.h"
#include "network/cpu/workspace.h"
#include "network/torch_compat.h"

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace nunatak::models {

/// Memory of maps that is used again, step after step: fresh memory costs the system as much as working on
/// it.
class MapMemory : public std::enable_shared_from_this<MapMemory> {
public:
    /// (N, C, H, W) with the channels last; goes back when the tensor does. Its values are whatever was
    /// there.
    at::Tensor take(at::IntArrayRef sizes);

private:
    void giveBack(std::size_t count, cpu::Floats memory);

    std::mutex m_mutex;
    std::unordered_multimap<std::size_t, cpu::Floats> m_free;
};

/// What learning on a processor computes with: the program's own loops instead of LibTorch's convolutions.
class StepEngine {
public:
    explicit StepEngine(int threads);

    const cpu::Workspace& work() const { return m_work; }
    cpu::GradientMemory& gradientMemory() { return m_gradientMemory; }
    at::Tensor map(at::IntArrayRef sizes) { return m_memory->take(sizes); }

    /// Maps and kernels that its loops take: float32 on the processor, channels in sixteens.
    static bool takes(const at::Tensor& x) {
        return x.is_cpu() && x.scalar_type() == at::kFloat && x.size(1) % cpu::channelStep == 0;
    }

private:
    cpu::Team m_team;
    cpu::Floats m_zeros;
    std::vector<cpu::Floats> m_scratch;
    std::vector<std::vector<const float*>> m_pointers;
    cpu::Workspace m_work;
    cpu::GradientMemory m_gradientMemory;
    std::shared_ptr<MapMemory> m_memory;
};

/// The map of a tensor with the channels last, and how many of them there are one after the other.
cpu::Map mapOf(const at::Tensor& tensor);

} // namespace nunatak::models
