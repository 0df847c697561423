// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"
#include "outlines/edit.h"
#include "project/history_step.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// Outlines as rows of the store, and steps back as bytes of its history.
namespace nunatak::project {

using outlines::OutlineHandle;

/// True where an outline says what only those of an inventory do.
bool saysWhose(const outlines::Outline& outline);
/// `columns`: of other programs, in which attributes of that name are kept.
database::FeatureRow toRow(const outlines::Outline& outline, const std::vector<std::string>& columns = {});
/// Throws Error when the row's geometry is no polygon.
outlines::Outline fromRow(const database::FeatureRow& row);

database::LayerRow toRow(const outlines::LayerInfo& layer);
/// Of a kind that is unknown: an expert's. What was corrected before there were inventories is one.
outlines::LayerInfo fromRow(const database::LayerRow& row);
database::MergedRow toRow(const MergedStep& step);
MergedStep fromRow(const database::MergedRow& row);
HistoryStep fromRow(const database::HistoryRow& row);
database::HistoryRow toRow(const HistoryStep& step);
database::LayerRowChange toRow(const outlines::LayerChange& change);
outlines::LayerChange fromRow(const database::LayerRowChange& change);

/// Tells states of an outline apart, as ReverseChange::afterHash does.
std::int64_t stateOf(const outlines::Outline& outline);
/// How to get from `after` back to `before`: only the stretch of bytes in which the two differ is kept, so
/// moving a vertex of a large outline costs bytes, not megabytes.
database::ReverseChange reverseOf(const outlines::OutlineChange& change);
/// The outline before the change, given what there is now; null: there was none. None when what there is now
/// is not what the change left behind.
std::optional<OutlineHandle> before(const database::ReverseChange& change, const OutlineHandle& now);

/// A sentence's end on why an outline cannot be stored, empty when it can.
std::string whyNotStorable(const outlines::SharedOutline& outline);

} // namespace nunatak::project
