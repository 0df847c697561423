// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tensor.h"
#include "network/torch_compat.h"

#include <c10/core/Event.h>

#include <exception>
#include <future>

namespace nunatak::models {

/// A tensor of the program's memory on the device; to a GPU through pinned memory, without waiting for the
/// copy. May use the memory of `host` when the device is the processor.
at::Tensor toDevice(const at::Tensor& host, const at::Device& device);

/// A result on its way from a GPU to the program's memory. The copy is behind the work that makes the result,
/// and the next batch may be sent and begun before it has arrived. Needs no header of CUDA.
class Arrival {
public:
    /// Begins the copy.
    explicit Arrival(const at::Tensor& onDevice);
    /// Waits for it.
    Tensor take();

private:
    at::Tensor m_source; ///< kept until it is copied
    at::Tensor m_pinned;
    c10::Event m_arrived;
};

/// What somebody waits for; Cancelled when it goes without having been given.
class Answer {
public:
    ~Answer();
    std::future<Tensor> future() { return m_promise.get_future(); }
    void give(Tensor tensor);
    void fail(std::exception_ptr failure);

private:
    std::promise<Tensor> m_promise;
    bool m_given = false;
};

} // namespace nunatak::models
