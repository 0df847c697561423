// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

#include <initializer_list>

// What the parts of the panel are made of.
namespace nunatak::ui::learn {

inline QPushButton* button(const char* name, const char* icon, const QString& text, const QString& tip) {
    auto* made = owned<QPushButton>(QIcon::fromTheme(QString::fromUtf8(icon)), text);
    made->setObjectName(QString::fromUtf8(name));
    made->setToolTip(tip);
    return made;
}

inline QHBoxLayout* onTheRight(std::initializer_list<QPushButton*> buttons) {
    auto* row = owned<QHBoxLayout>();
    row->addStretch(1);
    for (auto* each : buttons) {
        row->addWidget(each);
    }
    return row;
}

inline QLabel* paragraph(const char* name) {
    auto* label = owned<QLabel>();
    label->setObjectName(QString::fromUtf8(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace nunatak::ui::learn
