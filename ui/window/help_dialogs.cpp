// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/help_dialogs.h"

#include "charts/owned.h"
#include "window/actions.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace nunatak::ui {

void showShortcuts(const Actions& actions, QWidget* parent) {
    std::vector<std::pair<QString, QString>> rows{
        {Actions::tr("Left drag"), Actions::tr("Pan; on a vertex of the selected outline: move it")},
        {Actions::tr("Right or middle drag"), Actions::tr("Orbit and tilt")},
        {Actions::tr("Wheel"), Actions::tr("Zoom at the pointer")},
        {Actions::tr("Click"), Actions::tr("Select the topmost glacier there")},
        {Actions::tr("Double-click"), Actions::tr("Fly there")},
        {Actions::tr("Esc"), Actions::tr("Put a vertex back while it is dragged")},
    };
    for (const auto* action :
         {actions.newProject, actions.openProject, actions.importOutlines, actions.exportOutlines,
          actions.savePicture, actions.undo, actions.redo, actions.predict, actions.compare, actions.finetune,
          actions.cancel, actions.nadir, actions.oblique, actions.zoomToScene, actions.zoomToSelection,
          actions.trueHeights}) {
        rows.emplace_back(action->shortcut().toString(QKeySequence::NativeText), action->statusTip());
    }

    auto* dialog = owned<QDialog>(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("shortcutsDialog"));
    dialog->setWindowTitle(Actions::tr("Keys and mouse"));
    auto* grid = owned<QGridLayout>();
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(5);
    int row = 0;
    for (const auto& [key, meaning] : rows) {
        auto* label = owned<QLabel>(key);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        grid->addWidget(label, row, 0);
        grid->addWidget(owned<QLabel>(meaning), row, 1);
        ++row;
    }
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = owned<QVBoxLayout>(dialog);
    layout->addLayout(grid);
    layout->addSpacing(8);
    layout->addWidget(buttons);
    dialog->open();
}

void showAbout(QWidget* parent) {
    auto* box = owned<QMessageBox>(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("aboutDialog"));
    box->setWindowTitle(Actions::tr("About Nunatak"));
    box->setIconPixmap(parent->windowIcon().pixmap(64, 64));
    box->setText(
        Actions::tr(
            "<h3>Nunatak %1</h3>"
            "<p>See a satellite scene on its terrain, predict glacier outlines with GlaViTU, correct them, "
            "teach the model from the corrections, compare it with an expert, and export.</p>")
            .arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        Actions::tr(
            "GlaViTU: Maslov and others, 2025 (arXiv 2401.15113).\n\nFree software under the GNU General "
            "Public License, version 3 or later. Built on Qt %1, OpenSceneGraph, LibTorch, GDAL, PROJ, GEOS "
            "and SQLite.")
            .arg(QString::fromLatin1(qVersion())));
    box->open();
}

} // namespace nunatak::ui
