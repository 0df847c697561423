// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/surface_format.h"

#include <QSurfaceFormat>

namespace nunatak::ui::viewport {

void setDefaultSurfaceFormat() {
    QSurfaceFormat format;
    // OpenSceneGraph needs the compatibility profile, which drivers give when neither version nor profile is
    // asked for; with a core profile it draws nothing.
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setDepthBufferSize(24);
    format.setStencilBufferSize(8);
    // Smooth edges of lines are made in the shader: multisampling triples the cost of software OpenGL.
    format.setSamples(0);
    format.setSwapInterval(1);
    // For who looks for a mistake: the driver then tells what it has against the program (GlMessages).
    format.setOption(QSurfaceFormat::DebugContext, qEnvironmentVariableIsSet("NUNATAK_GL_DEBUG"));
    QSurfaceFormat::setDefaultFormat(format);
}

} // namespace nunatak::ui::viewport
