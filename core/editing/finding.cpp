// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/finding.h"

namespace nunatak::editing {

std::string toString(Fault kind) {
    switch (kind) {
    case Fault::SelfCrossing:
        return "self-crossing";
    case Fault::TouchesItself:
        return "touches itself";
    case Fault::HoleOutside:
        return "hole outside";
    case Fault::NotValid:
        return "not valid";
    case Fault::Overlap:
        return "overlap";
    case Fault::Duplicate:
        return "duplicate";
    case Fault::Gap:
        return "gap";
    case Fault::TooSmall:
        return "too small";
    }
    return {};
}

} // namespace nunatak::editing
