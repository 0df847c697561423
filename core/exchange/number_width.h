// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/attribute_value.h"

#include <optional>

namespace nunatak::exchange {

/// How wide a dBASE field has to be for some numbers. RGI 7's widths (18 for whole numbers, 24 with 15
/// decimals for real ones) where they hold them; GDAL writes other digits, a wrong number, where a field is
/// too narrow.
class NumberWidth {
public:
    struct Layout {
        int width = 0;
        int precision = 0;
    };

    void add(const outlines::AttributeValue& value);
    /// None where no field would give the numbers back: whole ones of more than 18 characters are read as
    /// real, and real ones are kept to 15 digits as long as that takes at most 32 characters.
    std::optional<Layout> layout(outlines::AttributeType type) const;
    /// Whether each number's digits before the point have room in such a field, whose decimals are as many as
    /// are wanted.
    bool fits(const Layout& layout) const {
        return m_whole + (layout.precision > 0 ? 1 + layout.precision : 0) <= layout.width;
    }

private:
    int m_whole = 0;    ///< characters before the decimal point, with a sign
    int m_decimals = 0; ///< digits behind it that count
};

} // namespace nunatak::exchange
