// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QOpenGLDebugLogger;

namespace nunatak::ui::viewport {

/// Listens to what the driver has against the program (errors, undefined behaviour, what is deprecated) while
/// the current context lives, where that is a debug context: each message becomes a qWarning that begins with
/// "OpenGL: ". In any other context it does nothing. Make it and take it away with the context current.
class GlMessages {
public:
    GlMessages();
    ~GlMessages();

private:
    std::unique_ptr<QOpenGLDebugLogger> m_logger;
};

} // namespace nunatak::ui::viewport
