// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "outlines/outline_set.h"
#include "project/steps.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

// Inventories: how one is started, and how what references say comes into it. Each function works out a step
// that Project::take() makes one of the history; none changes anything.
namespace nunatak::project {

class Project;

/// The kind of layer that is an inventory now, as files, and commands, of before there were any call it.
inline constexpr const char* kindOfBefore = "corrected";

/// The epoch of glaciers of these days (ISO): the year that is given, else the middle one of theirs; with a
/// tolerance that none of them exceeds.
outlines::Epoch epochOf(const std::vector<outlines::OutlineHandle>& outlines, const std::string& date = {});

/// Glaciers that are there once, and those that another outline of the same ground stands for: a later one,
/// else a larger one, and any that is in `beside`.
struct EachOnce {
    std::vector<outlines::OutlineHandle> kept; ///< in their order
    std::vector<outlines::OutlineHandle> doubled;
};
EachOnce eachOnce(const std::vector<outlines::OutlineHandle>& outlines,
                  const outlines::OutlineSet& beside = {});

/// How the first three of them are called, and how many more there are, for a sentence.
std::string namesOf(const std::vector<outlines::OutlineHandle>& outlines);

/// What an outline of an inventory says of where it comes from, where that is one of another epoch.
inline constexpr const char* startedFrom = "started_from";

/// An outline of an inventory as it comes into one of another epoch: the same UUID, name and ids, for it is
/// the same glacier, and nothing that was said of the other time. Nobody has drawn, changed or judged it at
/// this one, and it is of no picture yet; its attribute startedFrom names the inventory and the date it was
/// drawn at there.
outlines::Outline asOfAnotherEpoch(const outlines::Outline& outline, const outlines::LayerInfo& source);

/// What an inventory is started from, and how it shall be.
struct InventoryRequest {
    /// A reference, or an inventory of another epoch; empty: an inventory without a glacier.
    std::string from{};
    /// None: that of the outlines, or of the scene; from an inventory of another epoch that of the scene.
    std::optional<outlines::Epoch> epoch{};
    std::string scene{}; ///< id of the one it is started on; empty: the reference's
    std::string name{};  ///< of its table; empty: the first free one
};
/// The plan runs on any thread. Throws Error where there is no such layer, it is of the same epoch, or of an
/// inventory of another one neither a year nor a scene with a date says which.
std::function<LayerStep()> planInventory(const Project& project, const InventoryRequest& request);

/// What comes of taking a reference's outlines over into an inventory: those of glaciers that nobody touched
/// are replaced, new ones come, and what a prediction does not find any more where it looked goes.
struct TakeOver {
    LayerStep step;
    int kept = 0;  ///< glaciers that stay in the inventory, of which …
    int other = 0; ///< … so many get another outline
    int added = 0;
    int gone = 0;
    /// "423 kept, 2 new, 3 gone".
    std::string counts() const;
};
/// The plan runs on any thread. Throws Error unless the layers are a reference and an inventory.
std::function<TakeOver()> planTakeOver(const Project& project, const std::string& reference,
                                       const std::string& inventory);

/// One outline of a reference brought into an inventory by hand: in the place of what covers the same ground,
/// cut where other glaciers begin. Throws Error as planTakeOver(), where there is no such outline, where
/// another glacier that somebody touched would go for it, or where nothing of it is left beside the others.
editing::Edit takenOutline(const Project& project, const outlines::OutlineRef& outline,
                           const std::string& inventory);
/// The same with several outlines of one reference, all of them or none; the last is selected then.
editing::Edit takenOutlines(const Project& project, const std::string& reference,
                            const std::vector<std::string>& uuids, const std::string& inventory);

} // namespace nunatak::project
