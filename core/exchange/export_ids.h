// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_schema.h"

#include <string>
#include <vector>

// Ids and regions of outlines that go into an inventory's schema.
namespace nunatak::exchange {

struct RegionChoice {
    std::string first;  ///< "11" (or "1"); empty: what the outlines say
    std::string second; ///< "11-01" (or "1"); empty likewise. Says the first as well, where that is empty
};

/// Throws Error where a choice is no region of the RGI (first order 1 to 20, such as 11; second order such as
/// 11-01), or one is of another first-order region than the other.
void throwUnlessRegions(const RegionChoice& choice);

/// The first-order region that an id of RGI 5 to 7 says, two digits; empty: it is none of these.
std::string regionOfId(const std::string& id);

/// Gives each outline its regions: those that are chosen, else those of its attributes (RGI 5 to 7), else
/// that of its RGI id. Told in `notes`: where others were chosen than an outline says, and where none is
/// known.
void settleRegions(std::vector<ExportedOutline>& outlines, const RegionChoice& choice,
                   std::vector<std::string>& notes);

/// Gives each outline an id that no other has. One of the schema's own form stays; where several have it, the
/// largest keeps it. All others get provisional ones, which cannot be taken for the inventory's; that is told
/// in `notes`.
void settleIds(std::vector<ExportedOutline>& outlines, const IdForm& form, std::vector<std::string>& notes);

/// Gives each outline its GLIMS id, else a new one of its inner point, which is told. Where two new ones
/// would be the same, the next thousandth of a degree eastwards is taken.
void settleGlimsIds(std::vector<ExportedOutline>& outlines, std::vector<std::string>& notes);

} // namespace nunatak::exchange
