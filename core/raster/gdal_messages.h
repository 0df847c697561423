// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::raster {

/// What GDAL complained of last on the calling thread since the last call, without line breaks and closing
/// full stop; then forgotten. A failure goes before a warning. Empty when it said nothing. Needs
/// initialiseGdal().
std::string takeGdalMessage();

/// True when GDAL reported a failure on this thread since takeGdalMessage was called; some of its functions
/// say so in no other way (closing a file, for one).
bool gdalFailed();

/// takeGdalMessage in brackets with a space before it, or nothing: to be put before the full stop of a
/// sentence.
std::string gdalReason();

/// What GDAL complains of on this thread while it lives, apart from what it said before, which is there again
/// afterwards. Sets GDAL up.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;

    /// The first failure since the last clear(); empty when all went well. Later ones are mostly its
    /// consequences.
    const std::string& failure() const;
    /// The failure as the end of a sentence (": …"), or nothing.
    std::string reason() const { return failure().empty() ? std::string() : ": " + failure(); }
    void clear();

private:
    std::string m_failureBefore;
    std::string m_warningBefore;
};

} // namespace nunatak::raster
