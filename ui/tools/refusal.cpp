// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/refusal.h"

#include "editing/gate.h"

namespace nunatak::ui::tools {

void sayWhyNot(const Error& error, Proposal& proposal) {
    proposal.refusal = QString::fromUtf8(error.what());
    const auto* refused = dynamic_cast<const nunatak::editing::Refused*>(&error);
    if (refused != nullptr && refused->place()) {
        proposal.marks.spots.push_back({*refused->place(), Marks::Spot::Kind::Refused});
    }
}

} // namespace nunatak::ui::tools
