// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcuts_dialog.h"

#include "ui/base/action_factory.h"
#include "ui/base/owned.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QVBoxLayout>

#include <vector>

namespace nunatak::ui::window {

namespace {

struct Shortcuts {
    Q_DECLARE_TR_FUNCTIONS(Shortcuts)
};

struct Entry {
    QString keys;
    QString meaning;
};

struct Section {
    QString title;
    std::vector<Entry> entries;
};

QString withoutMnemonic(QString text) {
    return text.remove(QLatin1Char('&'));
}

void collect(const QMenu& menu, std::vector<Entry>& entries) {
    for (const auto* action : menu.actions()) {
        if (action->menu() != nullptr) {
            collect(*action->menu(), entries);
        } else if (!action->shortcut().isEmpty()) {
            const auto meaning =
                action->statusTip().isEmpty() ? withoutMnemonic(action->text()) : action->statusTip();
            entries.push_back({keysOf(*action), meaning});
        }
    }
}

std::vector<Section> gestures() {
    return {
        {Shortcuts::tr("Mouse"),
         {{Shortcuts::tr("Left drag"),
           Shortcuts::tr("Pan; on the selected line: move a vertex, or insert one and move it")},
          {Shortcuts::tr("Middle drag, or moving with Space held"), Shortcuts::tr("Pan")},
          {Shortcuts::tr("Right drag"), Shortcuts::tr("Orbit and tilt; on the flat map: pan")},
          {Shortcuts::tr("Right click"),
           Shortcuts::tr("The menu of what is there; while a line is drawn: done")},
          {Shortcuts::tr("Wheel"), Shortcuts::tr("Zoom at the pointer")},
          {Shortcuts::tr("Click"), Shortcuts::tr("Select the glacier there; again: the one beneath")},
          {Shortcuts::tr("Shift+click"), Shortcuts::tr("Add to the selection, or take from it")},
          {Shortcuts::tr("Shift+drag"),
           Shortcuts::tr("Select in a box: vertices of the one selected glacier, else glaciers")},
          {Shortcuts::tr("Double-click"),
           Shortcuts::tr("Fly there; on the selected line: insert a vertex")}}},
        {Shortcuts::tr("Trackpad"),
         {{Shortcuts::tr("Two fingers"), Shortcuts::tr("Pan")},
          {Shortcuts::tr("Pinch"), Shortcuts::tr("Zoom at the pointer")},
          {Shortcuts::tr("Twist"), Shortcuts::tr("Turn")},
          {Shortcuts::tr("Ctrl+two fingers"), Shortcuts::tr("Zoom at the pointer")}}},
        {Shortcuts::tr("Keys in the view"),
         {{Shortcuts::tr("Arrows"),
           Shortcuts::tr("Pan; selected vertices: move them by a pixel of the picture")},
          {Shortcuts::tr("Shift+arrows"),
           Shortcuts::tr("Turn and tilt; selected vertices: move them by ten pixels")},
          {Shortcuts::tr("Enter, Backspace"), Shortcuts::tr("While a line is drawn: done, one point back")},
          {Shortcuts::tr("A tool's key, held"), Shortcuts::tr("The tool lasts while it is held")},
          {Shortcuts::tr("+ and -"), Shortcuts::tr("Zoom")},
          {Shortcuts::tr("Esc"),
           Shortcuts::tr("One step back: the flight, the drag, the tool, the selection")}}}};
}

std::vector<Section> ofMenus(const QMainWindow& window) {
    std::vector<Section> sections;
    for (const auto* action : window.menuBar()->actions()) {
        Section section{withoutMnemonic(action->text()), {}};
        if (action->menu() != nullptr) {
            collect(*action->menu(), section.entries);
        }
        if (!section.entries.empty()) {
            sections.push_back(std::move(section));
        }
    }
    return sections;
}

/// One below the other in a grid, so that all meanings of a column begin at the same place.
QLayout* columnOf(const std::vector<Section>& sections) {
    auto* grid = owned<QGridLayout>();
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& section : sections) {
        auto* title = owned<QLabel>(section.title);
        QFont bold = title->font();
        bold.setBold(true);
        bold.setPointSizeF(bold.pointSizeF() + 1);
        title->setFont(bold);
        title->setContentsMargins(0, row == 0 ? 0 : 14, 0, 2);
        grid->addWidget(title, row++, 0, 1, 2);
        for (const auto& entry : section.entries) {
            auto* keys = owned<QLabel>(entry.keys);
            keys->setForegroundRole(QPalette::Link);
            grid->addWidget(keys, row, 0, Qt::AlignTop | Qt::AlignLeft);
            auto* meaning = owned<QLabel>(entry.meaning);
            meaning->setWordWrap(true); // a narrow window shows all of it, too
            grid->addWidget(meaning, row, 1, Qt::AlignTop);
            ++row;
        }
    }
    grid->setRowStretch(row, 1);
    return grid;
}

} // namespace

void showShortcuts(QMainWindow& window) {
    // The long View menu gets a column of its own; what hands do goes before it.
    auto left = gestures();
    std::vector<Section> right;
    std::size_t onLeft = 0;
    for (const auto& section : left) {
        onLeft += section.entries.size() + 1;
    }
    std::size_t onRight = 0;
    for (auto& section : ofMenus(window)) {
        const auto size = section.entries.size() + 1;
        const bool toLeft = onLeft + size <= onRight + size / 2 + 6;
        (toLeft ? onLeft : onRight) += size;
        (toLeft ? left : right).push_back(std::move(section));
    }

    auto* dialog = owned<QDialog>(&window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("shortcutsDialog"));
    dialog->setWindowTitle(Shortcuts::tr("Keys and mouse"));
    auto* content = owned<QWidget>();
    auto* columns = owned<QHBoxLayout>(content);
    columns->setContentsMargins(8, 8, 8, 8);
    columns->setSpacing(40);
    columns->addLayout(columnOf(left));
    columns->addLayout(columnOf(right));
    auto* scroll = owned<QScrollArea>();
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = owned<QVBoxLayout>(dialog);
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    const QSize wanted = content->sizeHint() + QSize(40, 80);
    dialog->resize(wanted.boundedTo(window.size() * 0.95));
    dialog->open();
}

} // namespace nunatak::ui::window
