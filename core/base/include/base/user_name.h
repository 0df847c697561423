// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak {

/// Who uses the program, as the system knows them: the full name, else the account's; UTF-8, empty where it
/// knows none.
std::string userName();

} // namespace nunatak
