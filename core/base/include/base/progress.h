// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace nunatak {

/// What long work holds in its hand: where to say how far it is, and whether it shall stop.
/// Cheap to copy; may be used from the thread that does the work.
class Progress {
public:
    /// fraction in 0..1 of the whole work; stage is a short phrase such as "Reading bands".
    using Callback = std::function<void(double fraction, std::string_view stage)>;

    /// Nobody listens and nobody stops it.
    Progress() = default;
    Progress(Callback callback, std::stop_token stop)
        : m_callback(std::move(callback)), m_stop(std::move(stop)) {}

    /// Says that `fraction` of this part is done. Throws Cancelled when the work shall stop.
    void report(double fraction, std::string_view stage = {}) const;
    /// Throws Cancelled when the work shall stop.
    void throwIfStopped() const;
    std::stop_token stopToken() const { return m_stop; }

    /// The share [begin, end] of this part, for one step of several.
    Progress part(double begin, double end) const;

private:
    Callback m_callback;
    std::stop_token m_stop;
    double m_begin = 0;
    double m_end = 1;
};

} // namespace nunatak
