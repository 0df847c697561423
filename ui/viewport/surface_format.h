// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::ui::viewport {

/// Sets the OpenGL surface format the viewport needs. Call it before the QApplication is made. Where the
/// environment has NUNATAK_GL_DEBUG it is that of a debug context (GlMessages).
void setDefaultSurfaceFormat();

} // namespace nunatak::ui::viewport
