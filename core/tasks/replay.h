// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"
#include "training/training.h"

#include <filesystem>
#include <vector>

namespace nunatak::tasks {

/// Scenes such as a model learnt from, lest it forget them while it learns something else. Those of the
/// starter model, and of what was fine-tuned from it, are simulated: two of 384 × 384 pixels are made in
/// `folder`, by the seeds that are kept for training. Of other models nothing is known: none. Throws Error;
/// Cancelled.
std::vector<training::TrainingArea> scenesToReplay(const models::Manifest& parent, std::uint64_t seed,
                                                   const std::filesystem::path& folder,
                                                   const Progress& progress);

} // namespace nunatak::tasks
