// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/state_text.h"

#include <QCoreApplication>

namespace nunatak::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString stateText(outlines::OutlineState state) {
    using outlines::OutlineState;
    switch (state) {
    case OutlineState::Untouched:
        return Words::tr("as it came");
    case OutlineState::Accepted:
        return Words::tr("accepted");
    case OutlineState::Doubtful:
        return Words::tr("doubtful");
    case OutlineState::Changed:
        return Words::tr("changed");
    case OutlineState::Removed:
        return Words::tr("not a glacier");
    case OutlineState::Reference:
        return Words::tr("reference");
    }
    return {};
}

} // namespace nunatak::ui
