// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::exchange {

/// KML has fields of its own in every feature, most of which say how a globe draws it. While this lives GDAL
/// gives them, on this thread, names that nobody else's fields have, so that an attribute called "begin" or
/// "icon" is told from them, keeps its type, and none is invented.
class KmlFields {
public:
    KmlFields();
    ~KmlFields();
    KmlFields(const KmlFields&) = delete;
    KmlFields& operator=(const KmlFields&) = delete;

    /// True for such a name.
    static bool isOwn(const std::string& field);
    /// How one of them is called that may say something of a glacier (Name, description, timestamp, begin,
    /// end); empty for the others.
    static std::string attributeFor(const std::string& field);
};

} // namespace nunatak::exchange
