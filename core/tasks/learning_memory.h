// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"

namespace nunatak::tasks {

/// Bytes that learning needs besides the pixels it learns from, about: what the layers of a batch keep for
/// the way back, and the weights with what belongs to each.
double memoryToLearn(const models::Manifest& model, int batch);

/// Bytes that this machine can give now; 0: unknown.
double freeMemory();

} // namespace nunatak::tasks
