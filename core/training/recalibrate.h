// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"

#include <optional>
#include <string>

namespace nunatak::training {

/// A calibration of the confidence for what a model has become, fitted where somebody looked; as `model
/// calibrate` fits it, on one part of the ground and judged on another that lies a tile away. Where there is
/// too little ground for two parts both are all of it, and the source says so.
/// @param areas what `pixels` were made of
/// @param ground what it is, for the source: "7 glaciers that it did not learn from"
/// @returns none where there is too little to fit one on, or it makes it no better.
/// Throws Error; Cancelled.
std::optional<models::Calibration> recalibrated(models::Network& network, const models::Manifest& manifest,
                                                std::vector<AreaPixels>& pixels,
                                                const std::vector<TrainingArea>& areas,
                                                const std::string& ground, const Progress& progress);

} // namespace nunatak::training
