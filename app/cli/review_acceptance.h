// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"
#include "review/acceptance.h"

#include <string>

namespace nunatak::cli {

/// What `review --accept-above` was asked for.
struct AcceptanceArguments {
    std::string project;
    std::string layer;      ///< empty: the inventory
    double percent = -1;    ///< below 0: nothing is accepted
    double bandWithin = -1; ///< m; below 0: however wide
    review::Filter filter;
    bool isDryRun = false;
    bool json = false;
};

/// Accepts what the model is sure of, as one step, and says how many; with a dry run, how many it would be.
void acceptSure(const AcceptanceArguments& arguments, const Context& context);

} // namespace nunatak::cli
