// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/duplicate_ids.h"
#include "exchange/export_fields.h"
#include "exchange/vector_format.h"

#include <string>
#include <vector>

namespace nunatak::exchange {

/// A column of a file.
struct Column {
    std::string name;
    outlines::AttributeType type = outlines::AttributeType::Text;
    int width = 0; ///< bytes, where the format has widths
    int precision = 0;
};

/// A column for each field, as the format can hold it: names of a length that it has, all different whatever
/// their capitals; types that it knows; widths that hold each value. Values that it cannot hold are changed
/// in `rows` to what is written instead: numbers too large for a field become texts, texts too long are cut
/// between two characters, infinity is left out. All that differs from the fields is told in `notes`. Throws
/// Error where so many or so long columns cannot be in such a file.
std::vector<Column> columnsFor(const std::vector<ExportField>& fields, const VectorFormat& format,
                               std::vector<Row>& rows, std::vector<std::string>& notes);

} // namespace nunatak::exchange
