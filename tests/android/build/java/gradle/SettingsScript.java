// SPDX-License-Identifier: MIT-0

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.util.DelegatingScript;

import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.runtime.ConvertedClosure;
import org.gradle.api.Action;
import org.gradle.api.initialization.Settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a settings.gradle against Gradle's own interfaces and writes down what it calls. There is no
 * Gradle behind them: what the interfaces do not have is refused, as Gradle would refuse it, and
 * the rest is taken for granted.
 */
final class SettingsScript implements InvocationHandler {
    private final List<String> calls;
    private final String path;

    private SettingsScript(List<String> calls, String path) {
        this.calls = calls;
        this.path = path;
    }

    /**
     * The calls of a script, such as {@code pluginManagement.repositories.google()} and {@code
     * include([:app])}.
     */
    static List<String> calls(Path script) throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(DelegatingScript.class.getName());
        ImportCustomizer imports = new ImportCustomizer();
        try (InputStream list = Settings.class.getResourceAsStream("/default-imports.txt");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            lines.lines().map(SettingsScript::packageOf).forEach(imports::addStarImports);
        }
        configuration.addCompilationCustomizers(imports);
        ClassLoader loader = SettingsScript.class.getClassLoader();
        List<String> calls = new ArrayList<>();
        DelegatingScript parsed =
                (DelegatingScript)
                        new GroovyShell(loader, new Binding(), configuration)
                                .parse(script.toFile());
        parsed.setDelegate(proxy(Settings.class, new SettingsScript(calls, "")));
        parsed.run();
        return calls;
    }

    private static String packageOf(String line) {
        return line.replaceAll("^import\\s+|\\.\\*;?\\s*$|;\\s*$", "");
    }

    @Override
    public Object invoke(Object self, Method method, Object[] given) {
        Object[] arguments = given == null ? new Object[0] : given;
        if (method.getDeclaringClass() == Object.class) {
            return method.getName().equals("equals")
                    ? self == arguments[0]
                    : method.getName().equals("hashCode")
                            ? System.identityHashCode(self)
                            : (Object) path;
        }
        String name = method.getName();
        String here =
                (path.isEmpty() ? "" : path + ".")
                        + (name.matches("get[A-Z].*")
                                ? Character.toLowerCase(name.charAt(3)) + name.substring(4)
                                : name);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Action) {
                Class<?> type =
                        typeOf(
                                ((ParameterizedType) method.getGenericParameterTypes()[i])
                                        .getActualTypeArguments()[0]);
                configure((Action<?>) arguments[i], proxy(type, new SettingsScript(calls, here)));
                return null;
            }
        }
        if (!name.startsWith("get")) {
            calls.add(
                    here
                            + "("
                            + (arguments.length == 0
                                    ? ""
                                    : Arrays.deepToString(arguments).replaceAll("^\\[|\\]$", ""))
                            + ")");
        }
        Class<?> returned = method.getReturnType();
        return returned.isInterface() ? proxy(returned, new SettingsScript(calls, here)) : null;
    }

    /** As Gradle does it: in the block, names are looked up in what it configures. */
    private static void configure(Action<?> action, Object configured) {
        ConvertedClosure converted = (ConvertedClosure) Proxy.getInvocationHandler(action);
        Closure<?> block = (Closure<?>) converted.getDelegate();
        block.setDelegate(configured);
        block.setResolveStrategy(Closure.DELEGATE_FIRST);
        block.call(configured);
    }

    private static Class<?> typeOf(Type type) {
        if (type instanceof WildcardType) {
            return typeOf(((WildcardType) type).getLowerBounds()[0]);
        }
        return (Class<?>)
                (type instanceof ParameterizedType
                        ? ((ParameterizedType) type).getRawType()
                        : type);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(
                SettingsScript.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
