// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_strip.h"

#include "ui/base/owned.h"

#include <QAction>
#include <QToolButton>
#include <QVBoxLayout>

namespace nunatak::ui::editing {

namespace {

constexpr int stripWidth = 40;
constexpr int iconSize = 18;

} // namespace

ToolStrip::ToolStrip(const QList<QAction*>& actions, QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("toolStrip"));
    setFixedWidth(stripWidth);
    auto* column = owned<QVBoxLayout>(this);
    column->setContentsMargins(2, 4, 2, 4);
    column->setSpacing(2);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    bool wasTool = true;
    for (auto* action : actions) {
        if (wasTool && !action->isCheckable()) {
            column->addSpacing(8); // what stays in the hand, then what is done at once
        }
        wasTool = action->isCheckable();
        auto* button = owned<QToolButton>();
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize({iconSize, iconSize});
        button->setFont(small);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus); // keys stay the view's
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        column->addWidget(button);
    }
    column->addStretch(1);
}

} // namespace nunatak::ui::editing
