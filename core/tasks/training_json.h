// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/training_run.h"

#include <nlohmann/json.hpp>

// A training and how far it came, as the files of TrainingFolder have them. What is read throws
// std::exception where something is missing or of another kind.
namespace nunatak::tasks {

nlohmann::json toJson(const TrainingRun& run);
TrainingRun runFrom(const nlohmann::json& json);

/// But for the weights.
nlohmann::json toJson(const training::TrainingState& state);
training::TrainingState stateFrom(const nlohmann::json& json);

} // namespace nunatak::tasks
