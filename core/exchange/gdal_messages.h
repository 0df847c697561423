// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::exchange {

/// While it lives, what GDAL says on this thread is kept here instead of printed.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;

    /// The first failure since the last clear(); empty when all went well. Later ones are mostly its
    /// consequences.
    const std::string& failure() const { return m_failure; }
    /// The failure as the end of a sentence (": …"), or nothing.
    std::string reason() const { return m_failure.empty() ? std::string() : ": " + m_failure; }
    void clear() { m_failure.clear(); }

private:
    std::string m_failure;
};

} // namespace nunatak::exchange
