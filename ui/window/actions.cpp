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
    openScene = add("openScene", "map-globe", tr("Open &scene…"), tr("Ctrl+Shift+O"),
                    tr("Open satellite products: Landsat, Sentinel-1 and -2, elevation models, rasters"));
    findRasters = add("findRasters", "edit-find", tr("&Find rasters…"), tr("Ctrl+Shift+F"),
                      tr("Say in which folder the rasters of this scene are, when they were moved"));
    closeProject = add("closeProject", "document-close", tr("&Close project"), QKeySequence::Close,
                       tr("Save and close the project"));
    importOutlines = add("importOutlines", "document-import", tr("&Import outlines…"), tr("Ctrl+I"),
                         tr("Read outlines from a Shapefile, GeoPackage or GeoJSON into a layer"));
    exportOutlines = add("exportOutlines", "document-export", tr("&Export outlines…"), tr("Ctrl+E"),
                         tr("Write a layer as Shapefile, GeoPackage or GeoJSON"));
    savePicture = add("savePicture", "camera-photo", tr("Save &picture…"), tr("Ctrl+Shift+P"),
                      tr("Save what the view shows as an image"));
    quit = add("quit", "application-exit", tr("&Quit"), QKeySequence(tr("Ctrl+Q")),
               tr("Save and leave Nunatak"));
    quit->setMenuRole(QAction::QuitRole);

    undo = add("undo", "edit-undo", tr("&Undo"), QKeySequence(tr("Ctrl+Z")), tr("Take the last step back"));
    redo = add("redo", "edit-redo", tr("&Redo"), QKeySequence(tr("Ctrl+Shift+Z")),
               tr("Do the step again that was taken back"));

    acceptOutline = add("acceptOutline", "dialog-ok-apply", tr("&Accept outline"), tr("A"),
                        tr("Say that the selected outline is right; a prediction becomes the expert's"));
    doubtOutline = add("doubtOutline", "question", tr("Mark as &doubtful"), tr("D"),
                       tr("Say that the selected outline is to be looked at again"));
    unreviewOutline = add("unreviewOutline", "edit-clear", tr("&Not reviewed"), tr("Shift+A"),
                          tr("Say nothing of the selected outline any more"));
    nextUnreviewed = add("nextUnreviewed", "go-next-skip", tr("Next to re&view"), tr("R"),
                         tr("Select the layer's next glacier that was not reviewed, by size, and fly there"));

    predict = add("predict", "tools-wizard", tr("&Predict"), tr("F5"),
                  tr("Let the model draw the glaciers of this scene, in the background"));
    predict->setPriority(QAction::HighPriority);
    predictOptions = add("predictOptions", "configure", tr("Predict &with options…"), tr("Shift+F5"),
                         tr("Choose model, area, threshold and more, then predict"));
    lowConfidence = add("lowConfidence", "dialog-warning", tr("Low &confidence"), tr("Shift+L"),
                        tr("Outline where the model is not sure"));
    lowConfidence->setCheckable(true);
    importModel = add("importModel", "document-import", tr("Import &model weights…"), tr("Ctrl+Shift+I"),
                      tr("Bring in weights that the published Keras code saved (.h5)"));
    compare = add("compare", "kr_comparedirs", tr("&Compare"), tr("F6"),
                  tr("Compare model and expert, glacier by glacier"));
    finetune = add("finetune", "office-chart-line", tr("&Fine-tune…"), tr("F7"),
                   tr("Teach the model from what was corrected and accepted"));
    rankScenes = add("rankScenes", "view-calendar", tr("Which &date?"), tr("F8"),
                     tr("Rank the project's scenes by cover, cloud, snow and shadow"));
    cancel = add("cancel", "process-stop", tr("&Stop the running job"), tr("Ctrl+."),
                 tr("Stop what runs in the background; what was stored before stays"));

    nadir = add("nadir", "map-flat", tr("From &above"), tr("N"), tr("Look straight down, north up"));
    oblique = add("oblique", "perspective", tr("&Oblique"), tr("O"), tr("Look at the terrain from the side"));
    zoomToScene = add("zoomToScene", "zoom-fit-best", tr("Zoom to &scene"), QKeySequence(Qt::Key_Home),
                      tr("Show the whole scene"));
    zoomToSelection = add("zoomToSelection", "zoom-fit-selection", tr("Zoom to s&election"), tr("F"),
                          tr("Fill the view with the selected glacier"));
    trueHeights = add("trueHeights", "edit-reset", tr("&True heights"), tr("Ctrl+1"),
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
    for (auto* action : {findRasters, closeProject, importOutlines, exportOutlines, savePicture, predict,
                         predictOptions, lowConfidence, compare, finetune, rankScenes, nextUnreviewed, nadir,
                         oblique, zoomToScene, trueHeights}) {
        action->setEnabled(open);
    }
    if (!open) {
        for (auto* action : {undo, redo, acceptOutline, doubtOutline, unreviewOutline, zoomToSelection}) {
            action->setEnabled(false);
        }
    }
}

} // namespace nunatak::ui::window
