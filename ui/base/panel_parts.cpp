// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/panel_parts.h"

#include "ui/base/owned.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace nunatak::ui {

namespace {

constexpr int leastPanelWidth = 250;

} // namespace

QLabel* sectionHeading(const QString& title) {
    auto* label = owned<QLabel>(title);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    label->setContentsMargins(0, 8, 0, 0);
    return label;
}

void makeScrolling(QWidget& panel, QWidget* content) {
    auto* scroll = owned<QScrollArea>();
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = owned<QVBoxLayout>(&panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    panel.setMinimumWidth(leastPanelWidth);
}

} // namespace nunatak::ui
