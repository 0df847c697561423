// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/step_engine.h"

#include <ATen/ops/from_blob.h>

namespace nunatak::models {

namespace {

/// More than any pixel of a network has channels.
constexpr std::size_t mostChannels = 65536;

} // namespace

at::Tensor MapMemory::take(at::IntArrayRef sizes) {
    const auto channels = sizes[1];
    const auto columns = sizes[3];
    const auto pixels = sizes[2] * columns;
    const auto count = static_cast<std::size_t>(sizes[0] * channels * pixels);
    auto memory = std::make_shared<cpu::Floats>();
    {
        const std::scoped_lock lock(m_mutex);
        const auto free = m_free.find(count);
        if (free != m_free.end()) {
            *memory = std::move(free->second);
            m_free.erase(free);
        }
    }
    if (memory->size() == 0) {
        *memory = cpu::Floats(count);
    }
    auto* data = memory->data();
    // The memory outlives what made it, should a tensor do so.
    auto back = [owner = shared_from_this(), memory, count](void*) {
        owner->giveBack(count, std::move(*memory));
    };
    return at::from_blob(data, sizes, {channels * pixels, 1, channels * columns, channels}, back,
                         at::TensorOptions(at::kFloat));
}

void MapMemory::giveBack(std::size_t count, cpu::Floats memory) {
    const std::scoped_lock lock(m_mutex);
    m_free.emplace(count, std::move(memory));
}

StepEngine::StepEngine(int threads)
    : m_team(threads), m_zeros(mostChannels), m_scratch(static_cast<std::size_t>(threads)),
      m_pointers(static_cast<std::size_t>(threads)), m_work{cpu::bestKernels(), m_team,     m_zeros.data(),
                                                            m_scratch,          m_pointers, {}},
      m_memory(std::make_shared<MapMemory>()) {}

cpu::Map mapOf(const at::Tensor& tensor) {
    const auto channels = static_cast<int>(tensor.size(1));
    return {tensor.data_ptr<float>(), static_cast<int>(tensor.size(2)), static_cast<int>(tensor.size(3)),
            channels, channels};
}

} // namespace nunatak::models
