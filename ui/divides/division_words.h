// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide_layer.h"
#include "ui/divides/division_list.h"

#include <QString>

#include <cstddef>
#include <set>
#include <string>
#include <vector>

// What is said of divisions before they are done.
namespace nunatak::ui::divides {

/// "12 of 40 glaciers become 31.", of what is planned but for those left out (UUIDs).
QString summaryOf(const std::vector<nunatak::divides::PlannedOutline>& planned,
                  const std::set<std::string>& leftOut);

/// The same glacier by glacier, with why some are not divided, and which earlier ones are split or gone.
/// `result` is of the planned ones that are not left out.
std::vector<DivisionList::Group> groupsOf(const nunatak::divides::DivideRequest& request,
                                          const std::vector<nunatak::divides::PlannedOutline>& planned,
                                          const std::set<std::string>& leftOut,
                                          const nunatak::divides::DivideResult& result);

} // namespace nunatak::ui::divides
