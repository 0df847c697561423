// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/learning_record.h"
#include "training/training.h"

namespace nunatak::training {

/// From what a model learnt, how, and what came of it.
models::LearningRecord recordOf(const models::StoredModel& parent, const std::vector<TrainingArea>& areas,
                                const TrainingOptions& options, const TrainingResult& result);

/// Of what an area teaches, 16 hexadecimal digits: the same for the same shapes, in any order.
std::string fingerprintOf(const TrainingArea& area);

} // namespace nunatak::training
