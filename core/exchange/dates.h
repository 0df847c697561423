// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::exchange {

/// The date in the forms that inventories use ("2003-07-30T00:00:00", "20030730", "2003/07/30") as an ISO
/// 8601 date. RGI writes 99 or 00 for an unknown month or day and -9999999 for an unknown date: "20039999"
/// gives "2003", an unknown date gives "". Text that is no date gives "".
std::string isoDate(const std::string& text);

} // namespace nunatak::exchange
