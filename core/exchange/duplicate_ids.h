// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_fields.h"

#include <string>
#include <vector>

namespace nunatak::exchange {

/// The values of an outline, one for each field.
using Row = std::vector<outlines::AttributeValue>;

/// Identifiers that are on several outlines of one date, as the pieces of a glacier that was split have them;
/// told in `notes`. RGI's names one outline: the largest keeps it, the others lose it; on outlines of several
/// dates it stays and is told. Those of others (glims_id, glac_id, wgms_id …), which inventories also give to
/// all parts of a glacier, stay, and several dates are no repetition.
void settleSharedIds(const std::vector<ExportField>& fields, const std::vector<ExportedOutline>& outlines,
                     std::vector<Row>& rows, std::vector<std::string>& notes);

} // namespace nunatak::exchange
