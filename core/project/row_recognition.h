// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/store.h"

namespace nunatak::project {

/// Knows an outline whose UUID another program took away, where all else of it is as the last step of the
/// history left it. For Store::recogniseBy() of this store or of a copy of it; the store has to outlive it.
database::Store::Recognise recognition(database::Store& store);

} // namespace nunatak::project
