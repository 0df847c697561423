// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/progress.h"

#include "base/error.h"

#include <algorithm>

namespace nunatak {

void Progress::report(double fraction, std::string_view stage) const {
    throwIfStopped();
    if (m_callback) {
        m_callback(m_begin + (m_end - m_begin) * std::clamp(fraction, 0.0, 1.0), stage);
    }
}

void Progress::throwIfStopped() const {
    if (m_stop.stop_requested()) {
        throw Cancelled();
    }
}

Progress Progress::part(double begin, double end) const {
    Progress part(*this);
    part.m_begin = m_begin + (m_end - m_begin) * begin;
    part.m_end = m_begin + (m_end - m_begin) * end;
    return part;
}

} // namespace nunatak
