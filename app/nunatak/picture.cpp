// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture.h"

#include "base/error.h"
#include "base/whole_file.h"
#include "project/project.h"
#include "scene/scene_reader.h"
#include "ui/pictures/scene_picture.h"
#include "ui/terrain/terrain.h"
#include "ui/viewport/viewport.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>

using namespace nunatak;

void drawPicture(const Arguments& arguments, const InstallPaths& paths) {
    const Claim claim{"screenshot", arguments.overwrite, {arguments.project}};
    throwUnlessFree(arguments.screenshot, claim);
    const auto project = project::Project::open(arguments.project, project::Access::ReadOnly);
    ui::viewport::Viewport viewport(paths.shaders);
    QString graphicsProblem;
    QObject::connect(&viewport, &ui::viewport::Viewport::graphicsFailed,
                     [&graphicsProblem](const QString& sentence) { graphicsProblem = sentence; });
    viewport.resize(arguments.width, arguments.height);
    std::optional<ui::viewport::Viewport::View> camera;
    if (arguments.nadir) {
        camera =
            *arguments.nadir ? ui::viewport::Viewport::View::Nadir : ui::viewport::Viewport::View::Oblique;
    }
    ui::pictures::showProject(viewport, *project, camera);
    const QImage picture = viewport.picture(QSize(arguments.width, arguments.height));
    if (picture.isNull()) {
        throw Error(
            graphicsProblem.isEmpty()
                ? std::string("The 3D view cannot be drawn: this display has no usable OpenGL. Install Mesa "
                              "(libgl1-mesa-dri) and try again.")
                : graphicsProblem.toStdString());
    }
    QBuffer bytes;
    const auto ending = QFileInfo(QString::fromStdString(arguments.screenshot.string())).suffix().toLower();
    QImageWriter writer(&bytes, ending.toLatin1());
    if (!writer.write(picture)) {
        throw Error("The picture cannot be written to " + arguments.screenshot.string() + ": " +
                    writer.errorString().toStdString() + ". Choose .png or .jpg as ending.");
    }
    writeWholeFile(arguments.screenshot, {{bytes.data().constData(), static_cast<std::size_t>(bytes.size())}},
                   claim);
}
