// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/gpu_transfer.h"

#include "base/error.h"

#include <ATen/ops/empty.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <chrono>
#include <thread>

namespace nunatak::models {

at::Tensor toDevice(const at::Tensor& host, const at::Device& device) {
    // The pinned copy is kept by LibTorch until the transfer has read it.
    return device.is_cpu() ? host : host.pin_memory().to(device, host.scalar_type(), true);
}

Arrival::Arrival(const at::Tensor& onDevice)
    : m_source(onDevice.contiguous()),
      m_pinned(at::empty(m_source.sizes(), m_source.options().device(at::kCPU).pinned_memory(true))),
      m_arrived(m_source.device().type()) {
    m_pinned.copy_(m_source, true);
    m_arrived.record(c10::impl::VirtualGuardImpl(m_source.device().type()).getStream(m_source.device()));
}

Tensor Arrival::take() {
    // Asked rather than waited for: LibTorch 1.13 has no waiting without a header of CUDA.
    while (!m_arrived.query()) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    const auto* values = m_pinned.data_ptr<float>();
    return {m_pinned.sizes().vec(), {values, values + m_pinned.numel()}};
}

Answer::~Answer() {
    if (!m_given) {
        m_promise.set_exception(std::make_exception_ptr(Cancelled()));
    }
}

void Answer::give(Tensor tensor) {
    m_given = true;
    m_promise.set_value(std::move(tensor));
}

void Answer::fail(std::exception_ptr failure) {
    m_given = true;
    m_promise.set_exception(std::move(failure));
}

} // namespace nunatak::models
