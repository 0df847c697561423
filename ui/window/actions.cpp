// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"

#include "ui/base/action_factory.h"

#include <QAction>
#include <QKeySequence>
#include <QWidget>

namespace nunatak::ui::window {

Actions::Actions(QWidget* window) : QObject(window) {
    const auto add = [window](const char* name, const char* icon, const QString& text,
                              const QKeySequence& shortcut, const QString& tip) {
        return makeAction(window, {name, icon, text, shortcut, tip});
    };

    newProject = add("newProject", "document-new", tr("&New project from scene…"), QKeySequence::New,
                     tr("Make a project from a scene file or from rasters"));
    openProject = add("openProject", "document-open", tr("&Open…"), QKeySequence::Open,
                      tr("Open a project (GeoPackage)"));
    closeProject = add("closeProject", "document-close", tr("&Close project"), QKeySequence::Close,
                       tr("Save and close the project"));
    quit = add("quit", "application-exit", tr("&Quit"), QKeySequence(tr("Ctrl+Q")),
               tr("Save and leave Nunatak"));
    quit->setMenuRole(QAction::QuitRole);

    undo = add("undo", "edit-undo", tr("&Undo"), QKeySequence(tr("Ctrl+Z")), tr("Take the last step back"));
    redo = add("redo", "edit-redo", tr("&Redo"), QKeySequence(tr("Ctrl+Shift+Z")),
               tr("Do the step again that was taken back"));
    redo->setShortcuts({QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))});
    setActionTip(*redo, redo->statusTip());

    cancel = add("cancel", "process-stop", tr("&Stop the running job"), tr("Ctrl+."),
                 tr("Stop what runs in the background; what was stored before stays"));

    nadir = add("nadir", "map-flat", tr("From &above"), tr("N"), tr("Look straight down, north up"));
    oblique = add("oblique", "perspective", tr("&Oblique"), tr("O"),
                  tr("Look from the side: up the selected glacier, against its aspect"));
    zoomToScene = add("zoomToScene", "zoom-fit-best", tr("Zoom to &scene"), QKeySequence(Qt::Key_Home),
                      tr("Show the whole scene"));
    zoomToSelection = add("zoomToSelection", "zoom-fit-selection", tr("Zoom to s&election"), tr("F"),
                          tr("Fill the view with the selected glacier"));
    trueHeights = add("trueHeights", "edit-reset", tr("True hei&ghts"), tr("Ctrl+1"),
                      tr("Draw heights as they are, not exaggerated"));

    shortcuts = add("shortcuts", "input-keyboard", tr("&Keys and mouse"), QKeySequence::HelpContents,
                    tr("What keys and mouse buttons do"));
    about = add("about", "help-about", tr("&About Nunatak"), tr("Shift+F1"),
                tr("Version, licence and libraries"));
    about->setMenuRole(QAction::AboutRole);

    undo->setEnabled(false);
    redo->setEnabled(false);
    cancel->setEnabled(false);
    setProjectOpen(false);
}

void Actions::setProjectOpen(bool open) {
    for (auto* action : {closeProject, nadir, oblique, zoomToScene, trueHeights}) {
        action->setEnabled(open);
    }
    if (!open) {
        for (auto* action : {undo, redo, zoomToSelection}) {
            action->setEnabled(false);
        }
    }
}

} // namespace nunatak::ui::window
